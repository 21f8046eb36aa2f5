namespace ModelGen;

/// <summary>
/// Convolution of a volume or of the frames of a video: y[o, t, p, q] = b[o] + Σ over i, j, k, l of
/// w[o, i, j, k, l]·x[i, t·stride + j·dilation − padding, p·stride + k·dilation − padding, q·stride + l·dilation − padding].
/// </summary>
/// <remarks>
/// Shape: (channels, depth, height, width) → (filters, slices, rows, columns). Parameters: <c>weight</c> (filters, channels / groups,
/// kernel depth, kernel height, kernel width), <c>bias</c> (filters), both drawn uniformly from ±1/√fan-in with
/// fan-in = channels / groups · kernel depth · kernel height · kernel width. As torch.nn.Conv3d; Tran et al., "Learning
/// Spatiotemporal Features with 3D Convolutional Networks", 2015.
/// </remarks>
public sealed class Conv3DAttribute : ConvolutionAttribute
{
    /// <summary>A convolution with a cubic kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernel">The depth, height and width of the kernel; at least one.</param>
    public Conv3DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel, kernel)
    {
    }

    /// <summary>A convolution with a kernel of its own size along each axis.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernelDepth">The slices of the kernel; at least one.</param>
    /// <param name="kernelHeight">The rows of the kernel; at least one.</param>
    /// <param name="kernelWidth">The columns of the kernel; at least one.</param>
    public Conv3DAttribute(int filters, int kernelDepth, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelDepth = kernelDepth;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The channels it gives.</summary>
    public int Filters { get; }

    /// <summary>The slices of the kernel.</summary>
    public int KernelDepth { get; }

    /// <summary>The rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>How many parts the channels are divided into, each convolved by its own share of the filters; divides both. One unless set.</summary>
    public int Groups { get; init; } = 1;
}
