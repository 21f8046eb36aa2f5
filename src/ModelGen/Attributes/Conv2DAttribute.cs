namespace ModelGen;

/// <summary>Convolution of an image: y[o, p, q] = b[o] + Σ over i, k, l of w[o, i, k, l]·x[i, p·stride + k·dilation − padding, q·stride + l·dilation − padding].</summary>
/// <remarks>
/// Shape: (channels, height, width) → (filters, rows, columns). Parameters: <c>weight</c> (filters, channels / groups, kernel height,
/// kernel width), <c>bias</c> (filters), both drawn uniformly from ±1/√fan-in with fan-in = channels / groups · kernel height · kernel width.
/// As torch.nn.Conv2d; LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998.
/// </remarks>
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernel">The height and width of the kernel; at least one.</param>
    public Conv2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="filters">The channels it gives; at least one.</param>
    /// <param name="kernelHeight">The rows of the kernel; at least one.</param>
    /// <param name="kernelWidth">The columns of the kernel; at least one.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth)
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

    /// <summary>How many parts the channels are divided into, each convolved by its own share of the filters; divides both. One unless set.</summary>
    /// <remarks>Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012.</remarks>
    public int Groups { get; init; } = 1;
}
