using ModelGen;

namespace DigitsSample;

/// <summary>The 1,797 handwritten digits of scikit-learn, as pixels in 0 … 1, divided for training and testing.</summary>
internal static class DigitData
{
    private const string File = "digits.csv.gz";
    private const int Pixels = 64;
    private const float Brightest = 16f;

    /// <summary>Reads the embedded file: a record a digit, 64 numbers and the class.</summary>
    public static (Dataset Train, Dataset Test) Load()
    {
        using var stream = typeof(DigitData).Assembly.GetManifestResourceStream(File)!;
        var digits = CsvFile.Read(stream, File, new CsvOptions { HasHeader = false }).ToClassification(labelColumn: Pixels);
        var pixels = new Normalization([0f], [1f / Brightest]);
        return pixels.Apply(digits).Split(0.8, seed: 1);
    }
}
