using ModelGen;

namespace FashionMnistSample;

/// <summary>Doubles a set of images by their mirror images: clothes look as likely either way round.</summary>
internal static class MirrorImages
{
    /// <summary>The images, then their mirror images, with the same labels.</summary>
    /// <param name="images">Images of the given width, row by row.</param>
    /// <param name="width">The pixels of a row.</param>
    public static Dataset AddTo(Dataset images, int width)
    {
        var input = images.Inputs[0];
        var pixels = new float[2 * input.Floats.Length];
        var mirrored = pixels.AsSpan(input.Floats.Length);
        input.Floats.CopyTo(pixels);
        input.Floats.CopyTo(mirrored);
        for (var row = 0; row < mirrored.Length; row += width)
        {
            mirrored.Slice(row, width).Reverse();
        }

        var labels = images.Labels[0].Ints;
        return Dataset.ForClassification(pixels, input.Elements, (int[])[.. labels, .. labels]);
    }
}
