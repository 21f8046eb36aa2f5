namespace ModelGen;

/// <summary>The hyperbolic tangent: y = tanh(x).</summary>
/// <remarks>Shape: unchanged. As torch.nn.Tanh.</remarks>
public sealed class TanhAttribute : LayerAttribute;
