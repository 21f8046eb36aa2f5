namespace ModelGen;

/// <summary>The Gaussian error linear unit: y = x·Φ(x) = x/2·(1 + erf(x/√2)), exact.</summary>
/// <remarks>Shape: unchanged. Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.</remarks>
public sealed class GELUAttribute : LayerAttribute;
