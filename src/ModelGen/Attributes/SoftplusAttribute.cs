namespace ModelGen;

/// <summary>The smooth rectifier: y = log(1 + exp(x)).</summary>
/// <remarks>Shape: unchanged. Dugas et al., "Incorporating Second-Order Functional Knowledge", NIPS 2000.</remarks>
public sealed class SoftplusAttribute : LayerAttribute;
