namespace ModelGen;

/// <summary>The mean of every window of an image.</summary>
/// <remarks>Shape: (channels, height, width) → (channels, rows, columns). Padding counts as zeros, and is counted. As torch.nn.AvgPool2d.</remarks>
public sealed class AveragePool2DAttribute : PoolingAttribute
{
    /// <summary>Pooling over square windows.</summary>
    /// <param name="size">The height and width of the window; at least one.</param>
    public AveragePool2DAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>Pooling over rectangular windows.</summary>
    /// <param name="height">The rows of the window; at least one.</param>
    /// <param name="width">The columns of the window; at least one.</param>
    public AveragePool2DAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>The rows of the window.</summary>
    public int Height { get; }

    /// <summary>The columns of the window.</summary>
    public int Width { get; }
}
