namespace ModelGen;

/// <summary>The sigmoid linear unit, or swish: y = x·σ(x).</summary>
/// <remarks>Shape: unchanged. Elfwing, Uchibe and Doya, "Sigmoid-Weighted Linear Units", 2018.</remarks>
public sealed class SiLUAttribute : LayerAttribute;
