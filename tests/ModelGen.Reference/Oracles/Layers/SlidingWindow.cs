namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// One spatial axis of a convolution or pooling: output place o reads the input at o·stride + tap·dilation − padding.
/// </summary>
internal sealed record WindowAxis(int In, int Kernel, int Stride, int Dilation, int PaddingBefore, int PaddingAfter)
{
    /// <summary>The number of places the window fits at: ⌊(in + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.</summary>
    public int Out => ((In + PaddingBefore + PaddingAfter - (Dilation * (Kernel - 1)) - 1) / Stride) + 1;

    /// <summary>An axis with the same number of padding places on either side.</summary>
    public static WindowAxis Padded(int extent, int kernel, int stride, int dilation, int padding) =>
        new(extent, kernel, stride, dilation, padding, padding);

    /// <summary>An axis padded so that it gives ⌈in / stride⌉ places, the odd one at the end.</summary>
    public static WindowAxis Same(int extent, int kernel, int stride, int dilation)
    {
        var places = (extent + stride - 1) / stride;
        var padding = Math.Max(((places - 1) * stride) + (dilation * (kernel - 1)) + 1 - extent, 0);
        return new WindowAxis(extent, kernel, stride, dilation, padding / 2, padding - (padding / 2));
    }
}

/// <summary>All axes of a sliding window: which input place each output place reads with each tap.</summary>
internal sealed class SlidingWindow
{
    private readonly int[,] _sources;

    public SlidingWindow(IReadOnlyList<WindowAxis> axes)
    {
        Axes = axes;
        InputExtents = [.. axes.Select(axis => axis.In)];
        OutputExtents = [.. axes.Select(axis => axis.Out)];
        Kernel = [.. axes.Select(axis => axis.Kernel)];
        (Inputs, Outputs, Taps) = (Places.Count(InputExtents), Places.Count(OutputExtents), Places.Count(Kernel));
        _sources = new int[Outputs, Taps];
        foreach (var output in Places.All(OutputExtents))
        {
            foreach (var tap in Places.All(Kernel))
            {
                var place = axes.Select((axis, a) => (output[a] * axis.Stride) + (tap[a] * axis.Dilation) - axis.PaddingBefore).ToArray();
                var inside = axes.Select((axis, a) => place[a] >= 0 && place[a] < axis.In).All(fits => fits);
                _sources[Places.Index(output, OutputExtents), Places.Index(tap, Kernel)] = inside ? Places.Index(place, InputExtents) : -1;
            }
        }
    }

    /// <summary>The spatial axes.</summary>
    public IReadOnlyList<WindowAxis> Axes { get; }

    /// <summary>The extents of the places that are read.</summary>
    public int[] InputExtents { get; }

    /// <summary>The extents of the places that are written.</summary>
    public int[] OutputExtents { get; }

    /// <summary>The extents of the window.</summary>
    public int[] Kernel { get; }

    /// <summary>The number of places that are read.</summary>
    public int Inputs { get; }

    /// <summary>The number of places that are written.</summary>
    public int Outputs { get; }

    /// <summary>The number of taps of the window.</summary>
    public int Taps { get; }

    /// <summary>The input place an output place reads with a tap, all row-major; −1 where it falls into the padding.</summary>
    public int Source(int output, int tap) => _sources[output, tap];
}
