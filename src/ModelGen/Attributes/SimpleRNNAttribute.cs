namespace ModelGen;

/// <summary>A layer of units that see their own last outputs: hₜ = tanh(W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh).</summary>
/// <remarks>
/// Shape: (length, features) → (length, units), or (length, 2·units) if bidirectional. Parameters as
/// <see cref="RecurrentAttribute"/> says, with one gate. As torch.nn.RNN; Elman, "Finding Structure in Time", 1990.
/// </remarks>
/// <param name="units">The numbers of the state; at least one.</param>
public sealed class SimpleRNNAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>The function of the units; <see cref="RecurrentActivation.Tanh"/> unless set.</summary>
    /// <remarks>ReLU: Le, Jaitly and Hinton, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units", 2015.</remarks>
    public RecurrentActivation Activation { get; init; }
}
