using ModelGen;

namespace SampleKit;

/// <summary>Garments on a textured canvas: a picture, and what is where in it.</summary>
/// <param name="Pixels">Brightness 0 … 1, row by row.</param>
/// <param name="Labels">What is at every pixel: 0 the background, else one more than the kind of the garment.</param>
/// <param name="Boxes">Where the garments are; a later one lies over an earlier one.</param>
public sealed record Scene(float[] Pixels, int[] Labels, IReadOnlyList<SceneBox> Boxes)
{
    /// <summary>The width and height.</summary>
    public const int Size = 64;

    /// <summary>The most garments of a scene.</summary>
    public const int MostGarments = 4;

    private const int LeastGarments = 2;
    private const int LeastSize = 20;
    private const int MostSize = 28;
    private const double MostOverlap = 0.25;
    private const int Attempts = 50;

    /// <summary>
    /// Makes a scene: <see cref="Texture"/>, then two to four garments of 20 to 28 pixels, half of them mirrored, each all
    /// inside the canvas and with at most a quarter of a box under or over another.
    /// </summary>
    /// <param name="garments">The garments to take from.</param>
    /// <param name="seed">Where everything random comes from; the same seed makes the same scene everywhere.</param>
    /// <param name="index">Which scene of that seed.</param>
    public static Scene Create(GarmentPool garments, long seed, long index)
    {
        ArgumentNullException.ThrowIfNull(garments);
        var random = SeededRandom.Derive(seed, index);
        var pixels = new float[Size * Size];
        var labels = new int[Size * Size];
        var boxes = new List<SceneBox>();
        Texture.Paint(pixels, Size, random);
        var count = LeastGarments + random.NextInt(MostGarments - LeastGarments + 1);
        for (var attempt = 0; attempt < Attempts && boxes.Count < count; attempt++)
        {
            var (cutout, kind) = garments.Take(random, LeastSize, MostSize);
            var box = new SceneBox(
                kind, random.NextInt(Size - cutout.Width + 1), random.NextInt(Size - cutout.Height + 1), cutout.Width, cutout.Height);
            if (boxes.TrueForAll(other => other.Overlap(box) <= MostOverlap))
            {
                cutout.Draw(pixels, Size, box.X, box.Y, labels, kind + 1);
                boxes.Add(box);
            }
        }

        return new(pixels, labels, boxes);
    }
}
