namespace ModelGen;

/// <summary>
/// Transposed convolution of an image, which enlarges it: y[o, p, q] = b[o] + Σ over i and all places r, s and taps k, l with
/// p = r·stride + k·dilation − padding and q = s·stride + l·dilation − padding of w[i, o, k, l]·x[i, r, s].
/// </summary>
/// <remarks>
/// Shape: (channels, height, width) → (filters, rows, columns). Parameters: <c>weight</c> (channels, filters / groups, kernel height,
/// kernel width), <c>bias</c> (filters), both drawn uniformly from ±1/√fan-in with fan-in = filters / groups · kernel height · kernel width.
/// As torch.nn.ConvTranspose2d; Zeiler et al., "Deconvolutional Networks", 2010.
/// </remarks>
public sealed class ConvTranspose2DAttribute : TransposedConvolutionAttribute
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernel">The height and width of the kernel; at least one.</param>
    public ConvTranspose2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A transposed convolution with a rectangular kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernelHeight">The rows of the kernel; at least one.</param>
    /// <param name="kernelWidth">The columns of the kernel; at least one.</param>
    public ConvTranspose2DAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The channels it gives.</summary>
    public int Filters { get; }

    /// <summary>The rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The columns of the kernel.</summary>
    public int KernelWidth { get; }
}
