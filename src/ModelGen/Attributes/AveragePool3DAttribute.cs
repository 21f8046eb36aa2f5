namespace ModelGen;

/// <summary>The mean of every window of a volume or of the frames of a video.</summary>
/// <remarks>Shape: (channels, depth, height, width) → (channels, slices, rows, columns). Padding counts as zeros, and is counted. As torch.nn.AvgPool3d.</remarks>
public sealed class AveragePool3DAttribute : PoolingAttribute
{
    /// <summary>Pooling over cubic windows.</summary>
    /// <param name="size">The depth, height and width of the window; at least one.</param>
    public AveragePool3DAttribute(int size)
        : this(size, size, size)
    {
    }

    /// <summary>Pooling over windows of their own size along each axis.</summary>
    /// <param name="depth">The slices of the window; at least one.</param>
    /// <param name="height">The rows of the window; at least one.</param>
    /// <param name="width">The columns of the window; at least one.</param>
    public AveragePool3DAttribute(int depth, int height, int width)
    {
        Depth = depth;
        Height = height;
        Width = width;
    }

    /// <summary>The slices of the window.</summary>
    public int Depth { get; }

    /// <summary>The rows of the window.</summary>
    public int Height { get; }

    /// <summary>The columns of the window.</summary>
    public int Width { get; }
}
