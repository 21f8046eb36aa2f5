namespace ModelGen;

/// <summary>All numbers of a sample as one vector, in row-major order.</summary>
/// <remarks>Shape: any → (product of its extents). Costs nothing: the numbers stay where they are.</remarks>
public sealed class FlattenAttribute : LayerAttribute;
