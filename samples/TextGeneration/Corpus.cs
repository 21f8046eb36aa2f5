using System.IO.Compression;
using System.Text;
using ModelGen;

namespace TextGenerationSample;

/// <summary>A text as numbers, cut in three: the first nine tenths to learn from, then a twentieth to watch, and the last twentieth to test with.</summary>
/// <param name="Name">What the text is called.</param>
/// <param name="Train">The characters to learn from.</param>
/// <param name="Validation">The characters to watch the training by.</param>
/// <param name="Test">The characters to judge by.</param>
internal sealed record Corpus(string Name, ReadOnlyMemory<int> Train, ReadOnlyMemory<int> Validation, ReadOnlyMemory<int> Test)
{
    private const string Embedded = "new-testament.txt.gz";

    // A twentieth must fill a window of each stretch that is read side by side.
    private const int LeastCharacters = 50_000;

    /// <summary>A token for each printable character of ASCII and for the end of a line; all others are one, unknown.</summary>
    public static CharacterVocabulary Vocabulary { get; } =
        CharacterVocabulary.FromText("\n" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)), SpecialTokens.Unknown);

    /// <summary>The text that comes with the sample: the New Testament in King James's version, a verse a line.</summary>
    public static Corpus LoadEmbedded()
    {
        using var stream = typeof(Corpus).Assembly.GetManifestResourceStream(Embedded)!;
        using var text = new GZipStream(stream, CompressionMode.Decompress);
        return Load(text, "the New Testament, King James version");
    }

    /// <summary>A text of one's own.</summary>
    /// <param name="path">A file of plain text in UTF-8.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="DataFormatException">It is too short.</exception>
    public static Corpus Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file, path);
    }

    private static Corpus Load(Stream stream, string name)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        ReadOnlyMemory<int> tokens = Vocabulary.Encode(reader.ReadToEnd().ReplaceLineEndings("\n"));
        if (tokens.Length < LeastCharacters)
        {
            throw new DataFormatException(name, "text", $"{tokens.Length} characters", $"at least {LeastCharacters}");
        }

        var held = tokens.Length / 20;
        return new(name, tokens[..^(2 * held)], tokens[^(2 * held)..^held], tokens[^held..]);
    }
}
