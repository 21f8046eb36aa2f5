namespace ModelGen;

/// <summary>The gated recurrent unit: a state that a gate mixes with its candidate.</summary>
/// <remarks>
/// <para>
/// r = σ(W_ir·x + b_ir + W_hr·h + b_hr), z = σ(W_iz·x + b_iz + W_hz·h + b_hz), n = tanh(W_in·x + b_in + r∘(W_hn·h + b_hn));
/// h ← (1 − z)∘n + z∘h.
/// </para>
/// <para>
/// Shape: (length, features) → (length, units), or (length, 2·units) if bidirectional. Parameters as
/// <see cref="RecurrentAttribute"/> says, with the three gates r, z, n one after the other. As torch.nn.GRU; Cho et al., "Learning
/// Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation", EMNLP 2014.
/// </para>
/// </remarks>
/// <param name="units">The numbers of the state; at least one.</param>
public sealed class GRUAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>
    /// Whether the reset gate stands after the recurrent product, as in PyTorch and cuDNN; true unless set. False is the form of
    /// the paper, n = tanh(W_in·x + b_in + W_hn·(r∘h) + b_hn).
    /// </summary>
    public bool ResetAfter { get; init; } = true;
}
