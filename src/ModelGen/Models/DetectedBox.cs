namespace ModelGen;

/// <summary>A box around an object: its class, how sure a detector is of it, and where it is.</summary>
/// <remarks>Places and sizes are relative to the image: 0 is its left or upper edge, 1 its right or lower one. Boxes may reach beyond.</remarks>
/// <param name="Class">The class of the object, counted from zero.</param>
/// <param name="CenterX">The horizontal place of the centre.</param>
/// <param name="CenterY">The vertical place of the centre.</param>
/// <param name="Width">The width; boxes of no or negative width hold nothing.</param>
/// <param name="Height">The height; boxes of no or negative height hold nothing.</param>
/// <param name="Score">How sure the detector is, 0 … 1; one for a true box.</param>
public readonly record struct DetectedBox(int Class, float CenterX, float CenterY, float Width, float Height, float Score = 1)
{
    /// <summary>The left edge.</summary>
    public float Left => CenterX - (Width / 2);

    /// <summary>The upper edge.</summary>
    public float Top => CenterY - (Height / 2);

    /// <summary>The right edge.</summary>
    public float Right => CenterX + (Width / 2);

    /// <summary>The lower edge.</summary>
    public float Bottom => CenterY + (Height / 2);

    /// <summary>The area both boxes cover divided by the area that either covers, 0 … 1; zero where neither has an area. Classes do not matter.</summary>
    public float IntersectionOverUnion(in DetectedBox other)
    {
        var width = MathF.Min(Right, other.Right) - MathF.Max(Left, other.Left);
        var height = MathF.Min(Bottom, other.Bottom) - MathF.Max(Top, other.Top);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }

        var intersection = width * height;
        return intersection / ((Width * Height) + (other.Width * other.Height) - intersection);
    }
}
