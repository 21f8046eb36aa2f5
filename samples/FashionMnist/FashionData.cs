using ModelGen;

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
    public const int Size = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = Size * Size;

    private const int Classes = 10;
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";
    private const double EmbeddedTrainShare = 0.8;
    private const double LearnedShare = 0.9;
    private const long SplitSeed = 1;

    private static readonly string[] s_fashion =
        ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The data that the options ask for.</summary>
    /// <exception cref="IOException">Files are missing or not what they should be.</exception>
    public static FashionData Load(Options options) => options switch
    {
        { Data: { } folder } => LoadFolder(folder, [.. Enumerable.Range(0, Classes).Select(label => $"{label}")], "a folder with IDX files"),
        { Full: true } => LoadFolder(DebianFolder, s_fashion, "the whole data set; install it with: apt-get install dataset-fashion-mnist"),
        _ => LoadEmbedded(),
    };

    // The 10,000 test images of the original, divided anew.
    private static FashionData LoadEmbedded()
    {
        const string images = "t10k-images-idx3-ubyte.gz";
        const string labels = "t10k-labels-idx1-ubyte.gz";
        var assembly = typeof(FashionData).Assembly;
        using var imageStream = assembly.GetManifestResourceStream(images)!;
        using var labelStream = assembly.GetManifestResourceStream(labels)!;
        var all = IdxFile.ReadDataset(imageStream, images, labelStream, labels);
        var (train, test) = all.Split(EmbeddedTrainShare, SplitSeed);
        return Create("that come with the sample", s_fashion, train, test);
    }

    private static FashionData LoadFolder(string folder, IReadOnlyList<string> names, string expected)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected {expected}.");
        }

        var train = LoadPart(folder, "train");
        var test = LoadPart(folder, "t10k");
        return Create($"in {folder}", names, train, test);
    }

    private static Dataset LoadPart(string folder, string part)
    {
        var images = FindFile(folder, $"{part}*images*");
        var labels = FindFile(folder, $"{part}*labels*");
        var data = IdxFile.ReadDataset(images, labels);
        if (data.Inputs[0].Elements != Pixels)
        {
            throw new DataFormatException(images, "dimensions", $"{data.Inputs[0].Elements} pixels an image", $"{Pixels}, {Size}×{Size}");
        }

        foreach (var label in data.Labels[0].Ints)
        {
            if (label is < 0 or >= Classes)
            {
                throw new DataFormatException(labels, "labels", $"{label}", $"0 … {Classes - 1}");
            }
        }

        return data;
    }

    private static string FindFile(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new FileNotFoundException($"{folder}: no file {pattern}; expected an IDX file such as train-images-idx3-ubyte.gz.");

    private static FashionData Create(string source, IReadOnlyList<string> names, Dataset train, Dataset test)
    {
        var (learned, validation) = train.Split(LearnedShare, SplitSeed);
        return new(source, names, learned, validation, test);
    }
}
