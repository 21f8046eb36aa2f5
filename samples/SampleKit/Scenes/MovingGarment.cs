using ModelGen;

namespace SampleKit;

/// <summary>A short film of one garment that moves over a textured canvas in one of eight directions.</summary>
/// <param name="Pixels">Brightness 0 … 1, [frame][row][column].</param>
/// <param name="Motion">Where it moves, see <see cref="Motions"/>.</param>
public sealed record MovingGarment(float[] Pixels, int Motion)
{
    /// <summary>The frames of a film.</summary>
    public const int Frames = 8;

    /// <summary>The width and height of a frame.</summary>
    public const int Size = 32;

    /// <summary>The number of pixels of a frame.</summary>
    public const int FramePixels = Size * Size;

    private const int LeastSize = 14;
    private const int MostSize = 22;
    private const double LeastSpeed = 0.7;
    private const double MostSpeed = 1.8;
    private const double Diagonal = 0.70710678118654752;

    /// <summary>The directions, clockwise from the right; y grows downwards.</summary>
    public static IReadOnlyList<string> Motions { get; } =
        ["right", "right and down", "down", "left and down", "left", "left and up", "up", "right and up"];

    // A table and not a sine, whose last bit differs between machines.
    private static ReadOnlySpan<double> Along => [1, Diagonal, 0, -Diagonal, -1, -Diagonal, 0, Diagonal];

    /// <summary>
    /// Makes a film. The garment is at a random place in the middle of the film and moves the same way before and after, so
    /// that where it is in a single frame says next to nothing of where it goes.
    /// </summary>
    /// <param name="garments">The garments to take from.</param>
    /// <param name="seed">Where everything random comes from; the same seed makes the same film everywhere.</param>
    /// <param name="index">Which film of that seed.</param>
    public static MovingGarment Create(GarmentPool garments, long seed, long index)
    {
        ArgumentNullException.ThrowIfNull(garments);
        var random = SeededRandom.Derive(seed, index);
        var background = new float[FramePixels];
        Texture.Paint(background, Size, random);
        var (cutout, _) = garments.Take(random, LeastSize, MostSize);
        var motion = random.NextInt(Motions.Count);
        var speed = LeastSpeed + ((MostSpeed - LeastSpeed) * random.NextDouble());
        var x = random.NextDouble() * (Size - cutout.Width);
        var y = random.NextDouble() * (Size - cutout.Height);

        var pixels = new float[Frames * FramePixels];
        for (var frame = 0; frame < Frames; frame++)
        {
            var way = speed * (frame - ((Frames - 1) / 2.0));
            var canvas = pixels.AsSpan(frame * FramePixels, FramePixels);
            background.CopyTo(canvas);
            cutout.Draw(
                canvas, Size, (int)Math.Floor(x + (way * Along[motion]) + 0.5), (int)Math.Floor(y + (way * Along[(motion + 6) % 8]) + 0.5));
        }

        return new(pixels, motion);
    }
}
