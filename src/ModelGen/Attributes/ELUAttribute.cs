namespace ModelGen;

/// <summary>The exponential linear unit: y = x where x &gt; 0, else alpha·(exp(x) − 1).</summary>
/// <remarks>Shape: unchanged. Clevert, Unterthiner and Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", ICLR 2016.</remarks>
/// <param name="alpha">Minus the value that y tends to far below zero.</param>
public sealed class ELUAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Minus the value that y tends to far below zero.</summary>
    public double Alpha { get; } = alpha;
}
