namespace ModelGen;

/// <summary>What all convolutions share: how the kernel moves over its input.</summary>
/// <remarks>
/// Along each axis of space, floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1 places come out, and with
/// <see cref="Pad.Same"/> ceil(size / stride). The kernel is not mirrored (cross-correlation), as in PyTorch.
/// </remarks>
public abstract class ConvolutionAttribute : LayerAttribute
{
    private protected ConvolutionAttribute()
    {
    }

    /// <summary>How far the kernel moves from one output place to the next, along every axis; at least one. One unless set.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>A stride of its own for each axis of space, outermost first; in place of <see cref="Stride"/>.</summary>
    public int[]? Strides { get; init; }

    /// <summary>The places of zeros on each side of the input, or <see cref="Pad.Same"/>. Zero unless set.</summary>
    public int Padding { get; init; }

    /// <summary>A padding of its own for each axis of space, outermost first; in place of <see cref="Padding"/>.</summary>
    public int[]? Paddings { get; init; }

    /// <summary>The distance between neighbouring taps of the kernel; at least one. One unless set.</summary>
    /// <remarks>Yu and Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions", ICLR 2016.</remarks>
    public int Dilation { get; init; } = 1;

    /// <summary>A dilation of its own for each axis of space, outermost first; in place of <see cref="Dilation"/>.</summary>
    public int[]? Dilations { get; init; }

    /// <summary>Whether a bias is added to every filter's output; true unless set.</summary>
    public bool UseBias { get; init; } = true;
}
