namespace ModelGen;

/// <summary>Multiplies the current value by a labelled one, element by element: gates, and the scale of squeeze-and-excite.</summary>
/// <remarks>
/// Shape: both the same; or one of them (channels), one number for each channel, which scales all of the channel's places; or
/// with axes of one, which repeat. Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018.
/// </remarks>
/// <param name="label">The label of the other value, or in a block <see cref="Block.Input"/>.</param>
public sealed class MultiplyAttribute(string label) : LayerAttribute
{
    /// <summary>The label of the other value.</summary>
    public string Label { get; } = label;
}
