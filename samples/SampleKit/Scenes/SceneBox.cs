namespace SampleKit;

/// <summary>Where a garment is in a scene.</summary>
/// <param name="Kind">What it is, see <see cref="GarmentKind"/>.</param>
/// <param name="X">Its left column.</param>
/// <param name="Y">Its top row.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
public readonly record struct SceneBox(int Kind, int X, int Y, int Width, int Height)
{
    /// <summary>The share of the smaller box that lies in both.</summary>
    public double Overlap(SceneBox other)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        return width > 0 && height > 0 ? (double)(width * height) / Math.Min(Width * Height, other.Width * other.Height) : 0;
    }
}
