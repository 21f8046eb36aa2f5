namespace ModelGen;

/// <summary>The logistic function: y = σ(x) = 1/(1 + exp(−x)).</summary>
/// <remarks>Shape: unchanged. Not before <see cref="BinaryCrossEntropyAttribute"/> or <see cref="DiceAttribute"/>, which take their own.</remarks>
public sealed class SigmoidAttribute : LayerAttribute;
