namespace ModelGen;

/// <summary>What all transposed convolutions share: each place of the input spreads over the places the kernel covers.</summary>
/// <remarks>
/// Along each axis of space, (size − 1)·stride − 2·padding + dilation·(kernel − 1) + output padding + 1 places come out, and with
/// <see cref="Pad.Same"/> size·stride: the gradient of the convolution with the same numbers, which leads back to the size
/// that one began with. As in PyTorch.
/// </remarks>
public abstract class TransposedConvolutionAttribute : LayerAttribute
{
    private protected TransposedConvolutionAttribute()
    {
    }

    /// <summary>How far apart neighbouring places of the input land, along every axis; at least one. One unless set.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>A stride of its own for each axis of space, outermost first; in place of <see cref="Stride"/>.</summary>
    public int[]? Strides { get; init; }

    /// <summary>The places cut off on each side of the result, or <see cref="Pad.Same"/>. Zero unless set.</summary>
    public int Padding { get; init; }

    /// <summary>A padding of its own for each axis of space, outermost first; in place of <see cref="Padding"/>.</summary>
    public int[]? Paddings { get; init; }

    /// <summary>
    /// The places added at the end of the result, below the larger of stride and dilation: tells apart the sizes that a
    /// convolution with a stride makes one of. Zero unless set, and with <see cref="Pad.Same"/>.
    /// </summary>
    public int OutputPadding { get; init; }

    /// <summary>An output padding of its own for each axis of space, outermost first; in place of <see cref="OutputPadding"/>.</summary>
    public int[]? OutputPaddings { get; init; }

    /// <summary>The distance between neighbouring taps of the kernel; at least one. One unless set.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>A dilation of its own for each axis of space, outermost first; in place of <see cref="Dilation"/>.</summary>
    public int[]? Dilations { get; init; }

    /// <summary>How many parts the channels are divided into, each spread by its own share of the filters; divides both. One unless set.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a bias is added to every filter's output; true unless set.</summary>
    public bool UseBias { get; init; } = true;
}
