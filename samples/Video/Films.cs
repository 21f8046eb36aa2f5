using ModelGen;
using SampleKit;

namespace VideoSample;

/// <summary>Films with the motion in each, and the middle frames of the same films.</summary>
/// <param name="Whole">[film][frame][row][column].</param>
/// <param name="Middle">[film][row][column].</param>
internal sealed record Films(Dataset Whole, Dataset Middle)
{
    /// <summary>Makes films.</summary>
    /// <param name="images">The garments to take from.</param>
    /// <param name="seed">The same seed makes the same films.</param>
    /// <param name="count">The number of films.</param>
    public static Films Create(Dataset images, long seed, int count)
    {
        const int elements = MovingGarment.Frames * MovingGarment.FramePixels;
        const int middle = MovingGarment.Frames / 2 * MovingGarment.FramePixels;
        var garments = new GarmentPool(images);
        var films = new float[checked(count * elements)];
        var frames = new float[count * MovingGarment.FramePixels];
        var motions = new int[count];
        for (var i = 0; i < count; i++)
        {
            var film = MovingGarment.Create(garments, seed, i);
            film.Pixels.CopyTo(films, i * elements);
            film.Pixels.AsSpan(middle, MovingGarment.FramePixels).CopyTo(frames.AsSpan(i * MovingGarment.FramePixels));
            motions[i] = film.Motion;
        }

        return new(
            Dataset.ForClassification(films, elements, motions), Dataset.ForClassification(frames, MovingGarment.FramePixels, motions));
    }
}
