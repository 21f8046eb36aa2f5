namespace ModelGen;

/// <summary>The same numbers in row-major order under another shape.</summary>
/// <remarks>
/// Shape: any → the one given, read channels first as <see cref="InputAttribute"/> reads its own; the products of both must
/// be equal. Costs nothing: the numbers stay where they are.
/// </remarks>
/// <param name="shape">The new extents, one to four of them, each at least one.</param>
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The new extents.</summary>
    public int[] Shape { get; } = shape;
}
