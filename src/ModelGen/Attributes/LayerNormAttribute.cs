namespace ModelGen;

/// <summary>Normalises each sample by itself: y = weight·(x − mean)/√(variance + epsilon) + bias.</summary>
/// <remarks>
/// Shape: unchanged. Mean and (biased) variance are taken over all of a sample, and of a sequence over each step.
/// Parameters: <c>weight</c> (ones) and <c>bias</c> (zeros), one for each number that is normalised together. As
/// torch.nn.LayerNorm; Ba, Kiros and Hinton, "Layer Normalization", 2016.
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What keeps the divisor from zero; above zero. 1e-5 unless set.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
