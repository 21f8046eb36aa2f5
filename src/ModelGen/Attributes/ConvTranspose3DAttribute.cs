namespace ModelGen;

/// <summary>
/// Transposed convolution of a volume or video: each number x[i, q] adds w[i, o, k]·x[i, q] to y[o, q·stride + k·dilation − padding]
/// for every filter o and tap k, with a place and a tap for each of the three axes; then b[o] is added.
/// </summary>
/// <remarks>
/// Shape: (channels, depth, height, width) → (filters, slices, rows, columns). Parameters: <c>weight</c> (channels, filters / groups,
/// kernel depth, kernel height, kernel width), <c>bias</c> (filters), both drawn uniformly from ±1/√fan-in with
/// fan-in = filters / groups · kernel depth · kernel height · kernel width. As torch.nn.ConvTranspose3d.
/// </remarks>
public sealed class ConvTranspose3DAttribute : TransposedConvolutionAttribute
{
    /// <summary>A transposed convolution with a cubic kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernel">The depth, height and width of the kernel; at least one.</param>
    public ConvTranspose3DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel, kernel)
    {
    }

    /// <summary>A transposed convolution with a kernel of its own size along each axis.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernelDepth">The slices of the kernel; at least one.</param>
    /// <param name="kernelHeight">The rows of the kernel; at least one.</param>
    /// <param name="kernelWidth">The columns of the kernel; at least one.</param>
    public ConvTranspose3DAttribute(int filters, int kernelDepth, int kernelHeight, int kernelWidth)
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
}
