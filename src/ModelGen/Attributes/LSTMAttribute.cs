namespace ModelGen;

/// <summary>Long short-term memory: a cell c that gates write to, keep and show.</summary>
/// <remarks>
/// <para>
/// i = σ(W_ii·x + b_ii + W_hi·h + b_hi), f = σ(W_if·x + b_if + W_hf·h + b_hf), g = tanh(W_ig·x + b_ig + W_hg·h + b_hg),
/// o = σ(W_io·x + b_io + W_ho·h + b_ho); c ← f∘c + i∘g, h ← o∘tanh(c).
/// </para>
/// <para>
/// Shape: (length, features) → (length, units), or (length, 2·units) if bidirectional. Parameters as
/// <see cref="RecurrentAttribute"/> says, with the four gates i, f, g, o one after the other. As torch.nn.LSTM; Hochreiter and
/// Schmidhuber, "Long Short-Term Memory", 1997; the forget gate: Gers, Schmidhuber and Cummins, "Learning to Forget", 2000.
/// </para>
/// </remarks>
/// <param name="units">The numbers of the cell; at least one.</param>
public sealed class LSTMAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>
    /// Whether the gates see the cell: p_i∘cₜ₋₁ and p_f∘cₜ₋₁ are added inside i and f, p_o∘cₜ inside o. False unless set.
    /// </summary>
    /// <remarks>
    /// Parameter: <c>weight_ch_l0</c> (3·units), p_i, p_f and p_o one after the other, drawn uniformly from ±1/√units. Gers and
    /// Schmidhuber, "Recurrent Nets That Time and Count", 2000.
    /// </remarks>
    public bool Peepholes { get; init; }

    /// <summary>
    /// The size P that the output is projected to: h ← W_hr·(o∘tanh(c)), so that h, the state it hands on and the output have P
    /// numbers in place of units; below <see cref="RecurrentAttribute.Units"/>. Zero unless set: no projection.
    /// </summary>
    /// <remarks>
    /// Parameter: <c>weight_hr_l0</c> (P, units), drawn uniformly from ±1/√units; <c>weight_hh_l0</c> is (4·units, P). As torch.nn.LSTM's
    /// proj_size; Sak, Senior and Beaufays, "Long Short-Term Memory Recurrent Neural Network Architectures for Large Scale
    /// Acoustic Modeling", 2014.
    /// </remarks>
    public int Projection { get; init; }
}
