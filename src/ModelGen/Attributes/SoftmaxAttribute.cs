namespace ModelGen;

/// <summary>Probabilities over the channels or features: y[c] = exp(x[c]) / Σ exp(x), at every place of the other axes.</summary>
/// <remarks>Shape: unchanged. Not before <see cref="SoftmaxCrossEntropyAttribute"/> or <see cref="FocalAttribute"/>, which take their own. Bridle, 1990.</remarks>
public sealed class SoftmaxAttribute : LayerAttribute;
