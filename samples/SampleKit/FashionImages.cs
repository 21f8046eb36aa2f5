using ModelGen;

namespace SampleKit;

/// <summary>Fashion-MNIST (H. Xiao, K. Rasul and R. Vollgraf, 2017): grey images of 28×28 pixels, brightness 0 … 1, of ten kinds of clothes.</summary>
/// <param name="Train">The images to learn from.</param>
/// <param name="Test">The images to judge by.</param>
public sealed record FashionImages(Dataset Train, Dataset Test)
{
    /// <summary>The width and height of an image.</summary>
    public const int Size = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = Size * Size;

    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Where Debian's package dataset-fashion-mnist puts the whole data set.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private const double EmbeddedTrainShare = 0.8;
    private const long SplitSeed = 1;

    /// <summary>What the classes are called.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The 10,000 test images of the original, which come with the samples: 8,000 to learn from and 2,000 to judge by.</summary>
    public static FashionImages LoadEmbedded()
    {
        const string images = "t10k-images-idx3-ubyte.gz";
        const string labels = "t10k-labels-idx1-ubyte.gz";
        var assembly = typeof(FashionImages).Assembly;
        using var imageStream = assembly.GetManifestResourceStream(images)!;
        using var labelStream = assembly.GetManifestResourceStream(labels)!;
        var (train, test) = IdxFile.ReadDataset(imageStream, images, labelStream, labels).Split(EmbeddedTrainShare, SplitSeed);
        return new(train, test);
    }

    /// <summary>All 60,000 images to learn from and 10,000 to judge by, of the Debian package.</summary>
    /// <exception cref="IOException">The package is not installed, or its files are not what they should be.</exception>
    public static FashionImages LoadFull() =>
        LoadFolder(DebianFolder, "the whole data set; install it with: apt-get install dataset-fashion-mnist");

    /// <summary>Images of that form in a folder: IDX files train*images*, train*labels*, t10k*images* and t10k*labels*, plain or .gz.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="expected">What should be there, as part of a sentence.</param>
    /// <exception cref="IOException">Files are missing or not what they should be.</exception>
    public static FashionImages LoadFolder(string folder, string expected = "a folder with IDX files")
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected {expected}.");
        }

        return new(LoadPart(folder, "train"), LoadPart(folder, "t10k"));
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
}
