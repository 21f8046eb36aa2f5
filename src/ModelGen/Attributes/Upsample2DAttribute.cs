namespace ModelGen;

/// <summary>Enlarges an image: repeats every pixel (nearest neighbour), or goes over smoothly from one to the next (bilinear).</summary>
/// <remarks>Shape: (channels, height, width) → (channels, height·scale, width·scale). As torch.nn.Upsample with mode "nearest", or "bilinear" and align_corners = false.</remarks>
public sealed class Upsample2DAttribute : LayerAttribute
{
    /// <summary>Enlarges both axes alike.</summary>
    /// <param name="scale">How often each pixel is repeated along each axis; at least one.</param>
    public Upsample2DAttribute(int scale)
        : this(scale, scale)
    {
    }

    /// <summary>Enlarges each axis by its own scale.</summary>
    /// <param name="scaleHeight">How often each row is repeated; at least one.</param>
    /// <param name="scaleWidth">How often each column is repeated; at least one.</param>
    public Upsample2DAttribute(int scaleHeight, int scaleWidth)
    {
        ScaleHeight = scaleHeight;
        ScaleWidth = scaleWidth;
    }

    /// <summary>How often each row is repeated.</summary>
    public int ScaleHeight { get; }

    /// <summary>How often each column is repeated.</summary>
    public int ScaleWidth { get; }

    /// <summary>What stands between the pixels; the nearest one unless set.</summary>
    public Interpolation Mode { get; init; }
}
