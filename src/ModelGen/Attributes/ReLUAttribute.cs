namespace ModelGen;

/// <summary>The rectifier: y = max(x, 0).</summary>
/// <remarks>Shape: unchanged. The slope at zero is zero. Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010.</remarks>
public sealed class ReLUAttribute : LayerAttribute;
