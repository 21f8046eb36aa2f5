using ModelGen;

namespace SampleKit;

/// <summary>Garments to take at random, each kind as often as the others.</summary>
public sealed class GarmentPool
{
    private readonly Dataset _images;
    private readonly int[][] _byKind;

    /// <summary>A pool of images.</summary>
    /// <param name="images">Fashion-MNIST images; scenes to test with take others than scenes to learn from.</param>
    public GarmentPool(Dataset images)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
        _byKind = [.. Enumerable.Range(0, GarmentKind.Count).Select(kind =>
            Enumerable.Range(0, images.Count).Where(image => GarmentKind.Of(images.Labels[0].Ints[image]) == kind).ToArray())];
    }

    /// <summary>A garment.</summary>
    /// <param name="random">Where the choice comes from; it moves on.</param>
    /// <param name="leastSize">The least length of a side of the whole image.</param>
    /// <param name="mostSize">The greatest.</param>
    public (Cutout Cutout, int Kind) Take(SeededRandom random, int leastSize, int mostSize)
    {
        ArgumentNullException.ThrowIfNull(random);
        var kind = random.NextInt(GarmentKind.Count);
        var image = _byKind[kind][random.NextInt(_byKind[kind].Length)];
        var size = leastSize + random.NextInt(mostSize - leastSize + 1);
        var pixels = _images.Inputs[0].Floats.Slice(image * FashionImages.Pixels, FashionImages.Pixels);
        return (Cutout.From(pixels, size, mirrored: random.NextInt(2) == 0), kind);
    }
}
