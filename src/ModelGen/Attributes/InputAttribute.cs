namespace ModelGen;

/// <summary>An input of numbers, channels first.</summary>
/// <remarks>
/// Shape of one sample: (features), (channels, length), (channels, height, width) or (channels, depth, height, width).
/// Samples follow one another in row-major order in the span that is passed for it.
/// </remarks>
/// <param name="shape">The extents of one sample, one to four of them, each at least one.</param>
public sealed class InputAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The extents of one sample.</summary>
    public int[] Shape { get; } = shape;
}
