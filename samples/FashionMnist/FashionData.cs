using ModelGen;
using SampleKit;

namespace FashionMnistSample;

/// <summary>Fashion-MNIST, or another data set of its form: images of 28×28 grey pixels, brightness in 0 … 1, of ten classes.</summary>
/// <param name="Source">Where the images come from, as part of a sentence.</param>
/// <param name="ClassNames">What the classes are called.</param>
/// <param name="Train">The images to learn from.</param>
/// <param name="Validation">The images to choose the best network by.</param>
/// <param name="Test">The images to judge it by.</param>
internal sealed record FashionData(string Source, IReadOnlyList<string> ClassNames, Dataset Train, Dataset Validation, Dataset Test)
{
    /// <summary>The width and height of an image.</summary>
    public const int Size = FashionImages.Size;

    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = FashionImages.Pixels;

    private const double LearnedShare = 0.9;
    private const long SplitSeed = 1;

    /// <summary>The data that the options ask for.</summary>
    /// <exception cref="IOException">Files are missing or not what they should be.</exception>
    public static FashionData Load(Options options) => options switch
    {
        { Data: { } folder } => Create($"in {folder}", [.. Enumerable.Range(0, FashionImages.Classes).Select(label => $"{label}")], FashionImages.LoadFolder(folder)),
        { Full: true } => Create($"in {FashionImages.DebianFolder}", FashionImages.ClassNames, FashionImages.LoadFull()),
        _ => Create("that come with the sample", FashionImages.ClassNames, FashionImages.LoadEmbedded()),
    };

    private static FashionData Create(string source, IReadOnlyList<string> names, FashionImages images)
    {
        var (learned, validation) = images.Train.Split(LearnedShare, SplitSeed);
        return new(source, names, learned, validation, images.Test);
    }
}
