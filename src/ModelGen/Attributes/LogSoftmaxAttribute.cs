namespace ModelGen;

/// <summary>Logarithms of probabilities over the channels or features: y[c] = x[c] − log Σ exp(x), at every place of the other axes.</summary>
/// <remarks>Shape: unchanged. Not before <see cref="SoftmaxCrossEntropyAttribute"/> or <see cref="FocalAttribute"/>, which take their own.</remarks>
public sealed class LogSoftmaxAttribute : LayerAttribute;
