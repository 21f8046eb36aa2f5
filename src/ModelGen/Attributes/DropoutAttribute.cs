namespace ModelGen;

/// <summary>In training sets each number to zero with the given probability and divides the others by 1 − rate; else does nothing.</summary>
/// <remarks>
/// Shape: unchanged. What is dropped is a function of (seed, step, layer, sample, element), so it is the same for any number of
/// threads. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
/// </remarks>
/// <param name="rate">The probability of being dropped, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of being dropped.</summary>
    public double Rate { get; } = rate;
}
