using ModelGen;

namespace SampleKit;

/// <summary>A garment cut out of its black background and cropped to where it is.</summary>
/// <param name="Width">The pixels of a row.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Brightness">0 … 1, row by row.</param>
/// <param name="Covers">Which pixels are of the garment; its dark places are, the background around it is not.</param>
public sealed record Cutout(int Width, int Height, float[] Brightness, bool[] Covers)
{
    // Darker pixels at the edge are shadow and noise of the photograph.
    private const float Threshold = 0.1f;

    /// <summary>Cuts out a garment.</summary>
    /// <param name="image">A Fashion-MNIST image.</param>
    /// <param name="size">The length of a side that the whole image is scaled to.</param>
    /// <param name="mirrored">Whether left and right are exchanged.</param>
    public static Cutout From(ReadOnlySpan<float> image, int size, bool mirrored)
    {
        var scaled = Scale(image, size, mirrored);
        var covers = FillHoles(scaled, size);
        var (left, top, right, bottom) = (size, size, -1, -1);
        for (var i = 0; i < covers.Length; i++)
        {
            if (covers[i])
            {
                (left, right) = (Math.Min(left, i % size), Math.Max(right, i % size));
                (top, bottom) = (Math.Min(top, i / size), Math.Max(bottom, i / size));
            }
        }

        // A few images are all but black; they stay whole.
        if (right < left)
        {
            (left, top, right, bottom) = (0, 0, size - 1, size - 1);
        }

        var (width, height) = (right - left + 1, bottom - top + 1);
        var brightness = new float[width * height];
        var cropped = new bool[width * height];
        for (var i = 0; i < brightness.Length; i++)
        {
            var from = ((top + (i / width)) * size) + left + (i % width);
            (brightness[i], cropped[i]) = (scaled[from], covers[from]);
        }

        return new(width, height, brightness, cropped);
    }

    /// <summary>Draws the garment on a canvas; what falls outside is left out.</summary>
    /// <param name="canvas">Brightness, row by row.</param>
    /// <param name="side">The width and height of the canvas.</param>
    /// <param name="x">Where its left column goes.</param>
    /// <param name="y">Where its top row goes.</param>
    /// <param name="labels">Receives <paramref name="label"/> at each pixel that is covered; may be empty.</param>
    /// <param name="label">The class of the garment.</param>
    public void Draw(Span<float> canvas, int side, int x, int y, Span<int> labels = default, int label = 0)
    {
        for (var i = 0; i < Covers.Length; i++)
        {
            var (column, row) = (x + (i % Width), y + (i / Width));
            if (Covers[i] && (uint)column < (uint)side && (uint)row < (uint)side)
            {
                canvas[(row * side) + column] = Brightness[i];
                if (!labels.IsEmpty)
                {
                    labels[(row * side) + column] = label;
                }
            }
        }
    }

    // The mean of the source pixels that a pixel covers would blur less, but sizes are close to the original's: bilinear.
    private static float[] Scale(ReadOnlySpan<float> image, int size, bool mirrored)
    {
        const int source = FashionImages.Size;
        var scaled = new float[size * size];
        for (var i = 0; i < scaled.Length; i++)
        {
            var column = mirrored ? size - 1 - (i % size) : i % size;
            var u = Math.Clamp(((column + 0.5f) * source / size) - 0.5f, 0, source - 1);
            var v = Math.Clamp((((i / size) + 0.5f) * source / size) - 0.5f, 0, source - 1);
            var (left, top) = ((int)u, (int)v);
            var (right, bottom) = (Math.Min(left + 1, source - 1), Math.Min(top + 1, source - 1));
            var upper = Mix(image[(top * source) + left], image[(top * source) + right], u - left);
            var lower = Mix(image[(bottom * source) + left], image[(bottom * source) + right], u - left);
            scaled[i] = Mix(upper, lower, v - top);
        }

        return scaled;
    }

    // What is dark and can be reached from the edge of the image is background; all else is garment.
    private static bool[] FillHoles(float[] image, int size)
    {
        var covers = new bool[image.Length];
        Array.Fill(covers, true);
        var open = new Stack<int>();
        for (var i = 0; i < image.Length; i++)
        {
            if (i % size == 0 || i % size == size - 1 || i < size || i >= image.Length - size)
            {
                Visit(i);
            }
        }

        while (open.TryPop(out var at))
        {
            Visit(at % size > 0 ? at - 1 : at);
            Visit(at % size < size - 1 ? at + 1 : at);
            Visit(at >= size ? at - size : at);
            Visit(at < image.Length - size ? at + size : at);
        }

        return covers;

        void Visit(int i)
        {
            if (covers[i] && image[i] < Threshold)
            {
                covers[i] = false;
                open.Push(i);
            }
        }
    }

    private static float Mix(float a, float b, float share) => a + ((b - a) * share);
}
