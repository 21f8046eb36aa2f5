namespace ModelGen;

/// <summary>What all pooling over windows shares: how the window moves over its input.</summary>
/// <remarks>
/// Along each axis of space, floor((size + 2·padding − window) / stride) + 1 places come out, and with <see cref="Pad.Same"/>
/// ceil(size / stride).
/// </remarks>
public abstract class PoolingAttribute : LayerAttribute
{
    private protected PoolingAttribute()
    {
    }

    /// <summary>How far the window moves from one output place to the next, along every axis; at least one. Unset: the size of the window.</summary>
    public int Stride { get; init; }

    /// <summary>A stride of its own for each axis of space, outermost first; in place of <see cref="Stride"/>.</summary>
    public int[]? Strides { get; init; }

    /// <summary>The places added on each side of the input, at most half the window, or <see cref="Pad.Same"/>. Zero unless set.</summary>
    public int Padding { get; init; }

    /// <summary>A padding of its own for each axis of space, outermost first; in place of <see cref="Padding"/>.</summary>
    public int[]? Paddings { get; init; }
}
