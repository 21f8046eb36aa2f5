using System.IO.Compression;
using System.Text;
using ModelGen;

namespace SpeechSample;

/// <summary>
/// The sample's data: compressed by gzip, "MELS" and the number of bands, then voices, texts and utterances, each preceded by their number;
/// an utterance is the numbers of its voice and text, its use, its frames, and a byte for each band of each.
/// </summary>
internal static class UtteranceFile
{
    private const string Embedded = "phrases.mels.gz";
    private const uint Mark = 0x534C454D;

    /// <summary>The utterances that come with the sample.</summary>
    /// <exception cref="DataFormatException">They are damaged.</exception>
    public static Utterance[] LoadEmbedded()
    {
        using var stream = typeof(UtteranceFile).Assembly.GetManifestResourceStream(Embedded)!;
        using var plain = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new BinaryReader(plain, Encoding.UTF8);
        try
        {
            Expect("mark", reader.ReadUInt32(), Mark);
            Expect("bands", reader.ReadByte(), (byte)Sound.Bands);
            var voices = ReadTable(reader);
            var texts = ReadTable(reader);
            return [.. Enumerable.Range(0, reader.ReadUInt16()).Select(_ => ReadUtterance(reader, voices, texts))];
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFormatException(Embedded, "end", "the end of the file", "more utterances", exception);
        }
    }

    /// <summary>Writes utterances.</summary>
    /// <param name="path">The file.</param>
    /// <param name="utterances">The utterances.</param>
    public static void Save(string path, IReadOnlyList<Utterance> utterances)
    {
        var voices = utterances.Select(utterance => utterance.Voice).Distinct().ToList();
        var texts = utterances.Select(utterance => utterance.Text).Distinct().ToList();
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        writer.Write(Mark);
        writer.Write((byte)Sound.Bands);
        WriteTable(writer, voices);
        WriteTable(writer, texts);
        writer.Write(checked((ushort)utterances.Count));
        foreach (var utterance in utterances)
        {
            writer.Write(checked((ushort)voices.IndexOf(utterance.Voice)));
            writer.Write(checked((ushort)texts.IndexOf(utterance.Text)));
            writer.Write((byte)utterance.Use);
            writer.Write(checked((ushort)utterance.Sound.Count));
            writer.Write(utterance.Sound.Energies);
        }
    }

    private static Utterance ReadUtterance(BinaryReader reader, string[] voices, string[] texts)
    {
        var voice = Choose("voice", reader.ReadUInt16(), voices.Length);
        var text = Choose("text", reader.ReadUInt16(), texts.Length);
        var use = (Use)Choose("use", reader.ReadByte(), Enum.GetValues<Use>().Length);
        var bytes = reader.ReadBytes(Choose("frames", reader.ReadUInt16(), Sound.Frames + 1) * Sound.Bands);
        return bytes.Length % Sound.Bands == 0 && bytes.Length > 0
            ? new(voices[voice], use, texts[text], new Sound(bytes))
            : throw new DataFormatException(Embedded, "frames", $"{bytes.Length} bytes", $"a multiple of {Sound.Bands}, not zero");
    }

    private static int Choose(string field, int number, int count) =>
        number < count ? number : throw new DataFormatException(Embedded, field, $"{number}", $"0 … {count - 1}");

    private static void Expect<T>(string field, T found, T expected)
        where T : struct, IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            throw new DataFormatException(Embedded, field, $"{found}", $"{expected}");
        }
    }

    private static string[] ReadTable(BinaryReader reader) => [.. Enumerable.Range(0, reader.ReadUInt16()).Select(_ => reader.ReadString())];

    private static void WriteTable(BinaryWriter writer, List<string> names)
    {
        writer.Write(checked((ushort)names.Count));
        names.ForEach(writer.Write);
    }
}
