namespace ModelGen;

/// <summary>The threshold of a neuron: y = 1 where x &gt; 0, else 0.</summary>
/// <remarks>Shape: unchanged. Its slope is zero everywhere, so nothing before it learns from a loss after it. McCulloch and Pitts, 1943.</remarks>
public sealed class StepAttribute : LayerAttribute;
