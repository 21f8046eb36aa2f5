using System.IO.Compression;

namespace ModelGen;

/// <summary>Opens files that may be compressed with gzip; the first two bytes decide, not the name.</summary>
internal static class CompressedFile
{
    private const int FirstMagic = 0x1F;
    private const int SecondMagic = 0x8B;

    /// <summary>The content of a file, decompressed if need be.</summary>
    public static Stream OpenRead(string path) => Decompress(File.OpenRead(path), path);

    /// <summary>A file that will be compressed if its name ends in .gz.</summary>
    public static Stream Create(string path)
    {
        var file = File.Create(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }

    /// <summary>The content of a stream, decompressed if need be.</summary>
    public static Stream Decompress(Stream stream, string name)
    {
        if (!stream.CanSeek)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            stream = copy;
        }

        var start = stream.Position;
        var compressed = stream.ReadByte() == FirstMagic && stream.ReadByte() == SecondMagic;
        stream.Position = start;
        return compressed ? new CheckedGzipStream(stream, name) : stream;
    }
}
