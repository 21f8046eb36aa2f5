using ModelGen;
using SampleKit;

namespace ResNetSample;

/// <summary>Shows an image a little differently every time: moved by up to two pixels to each side, and half of the time mirrored.</summary>
internal static class Augmentation
{
    private const int MostShift = 2;
    private const int Size = FashionImages.Size;

    /// <summary>Writes images of a data set, each changed at random.</summary>
    /// <param name="images">The images; what is beyond their edges has the value of their first pixel, a corner.</param>
    /// <param name="rows">Which images.</param>
    /// <param name="random">Where the changes come from; it moves on.</param>
    /// <param name="pixels">Receives the images.</param>
    /// <param name="labels">Receives their classes.</param>
    public static void Fill(Dataset images, ReadOnlySpan<int> rows, SeededRandom random, Span<float> pixels, Span<int> labels)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var image = images.Inputs[0].Floats.Slice(rows[i] * FashionImages.Pixels, FashionImages.Pixels);
            var changed = pixels.Slice(i * FashionImages.Pixels, FashionImages.Pixels);
            labels[i] = images.Labels[0].Ints[rows[i]];
            var right = random.NextInt((2 * MostShift) + 1) - MostShift;
            var down = random.NextInt((2 * MostShift) + 1) - MostShift;
            var mirrored = random.NextInt(2) == 0;
            changed.Fill(image[0]);
            for (var y = Math.Max(0, down); y < Size + Math.Min(0, down); y++)
            {
                var from = image.Slice(((y - down) * Size) + Math.Max(0, -right), Size - Math.Abs(right));
                var to = changed.Slice((y * Size) + Math.Max(0, right), from.Length);
                from.CopyTo(to);
                if (mirrored)
                {
                    changed.Slice(y * Size, Size).Reverse();
                }
            }
        }
    }
}
