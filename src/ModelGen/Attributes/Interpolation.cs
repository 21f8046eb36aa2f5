namespace ModelGen;

/// <summary>What an upsampling puts between the pixels it has.</summary>
public enum Interpolation
{
    /// <summary>The nearest pixel again: every pixel is repeated.</summary>
    Nearest,

    /// <summary>
    /// A weighted mean of the four nearest pixels, by their distance. Pixels are areas, whose centres stand at (i + ½)·scale − ½;
    /// beyond the outermost centres the outermost pixel goes on. PyTorch's align_corners = false.
    /// </summary>
    Bilinear,
}
