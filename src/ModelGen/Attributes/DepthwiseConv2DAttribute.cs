namespace ModelGen;

/// <summary>Convolution of an image, each channel by filters of its own.</summary>
/// <remarks>
/// Shape: (channels, height, width) → (channels·<see cref="DepthMultiplier"/>, rows, columns). It is <see cref="Conv2DAttribute"/>
/// with as many groups as channels. Parameters: <c>weight</c> (channels·multiplier, 1, kernel height, kernel width), <c>bias</c>
/// (channels·multiplier), both drawn uniformly from ±1/√(kernel height · kernel width). Howard et al., "MobileNets", 2017.
/// </remarks>
public sealed class DepthwiseConv2DAttribute : ConvolutionAttribute
{
    /// <summary>A depthwise convolution with a square kernel.</summary>
    /// <param name="kernel">The height and width of the kernel; at least one.</param>
    public DepthwiseConv2DAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>A depthwise convolution with a rectangular kernel.</summary>
    /// <param name="kernelHeight">The rows of the kernel; at least one.</param>
    /// <param name="kernelWidth">The columns of the kernel; at least one.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>The filters of each channel; at least one. One unless set.</summary>
    public int DepthMultiplier { get; init; } = 1;
}
