using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelGen;

/// <summary>
/// Writes a safetensors file of float tensors in the order they are added, with the SHA-256 of the whole file in its
/// metadata, atomically.
/// </summary>
internal sealed class SafetensorsWriter
{
    private const int LengthBytes = 8;
    private const int ChunkWords = 1 << 14;

    private readonly List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> _tensors = [];
    private readonly List<(string Key, string Text)> _metadata = [(SafetensorsHeader.DigestKey, new string('0', 64))];

    /// <summary>Adds a text to the metadata.</summary>
    public void AddMetadata(string key, string text) => _metadata.Add((key, text));

    /// <summary>Adds a tensor; its values are read when the file is written.</summary>
    public void AddTensor(string name, int[] shape, ReadOnlyMemory<float> values) => _tensors.Add((name, shape, values));

    /// <summary>Writes the file, replacing one of that name as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path)
    {
        var header = BuildHeader();
        var digest = ComputeDigest(header);
        Encoding.ASCII.GetBytes(System.Convert.ToHexStringLower(digest), header.AsSpan(DigestPlace(header)));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            ForEachChunk(stream.Write);
        });
    }

    private byte[] BuildHeader()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach (var (key, text) in _metadata)
            {
                writer.WriteString(key, text);
            }

            writer.WriteEndObject();
            var place = 0L;
            foreach (var (name, shape, values) in _tensors)
            {
                WriteTensor(writer, name, shape, place, place + (4L * values.Length));
                place += 4L * values.Length;
            }

            writer.WriteEndObject();
        }

        // The tensors begin at a multiple of eight bytes, as the format asks.
        var length = (json.WrittenCount + 7) / 8 * 8;
        var header = new byte[LengthBytes + length];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        json.WrittenSpan.CopyTo(header.AsSpan(LengthBytes));
        return header;
    }

    private static void WriteTensor(Utf8JsonWriter writer, string name, int[] shape, long begin, long end)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", "F32");
        writer.WriteStartArray("shape");
        foreach (var extent in shape)
        {
            writer.WriteNumberValue(extent);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private byte[] ComputeDigest(byte[] header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        ForEachChunk(hash.AppendData);
        return hash.GetHashAndReset();
    }

    /// <summary>The digest is the first text of the metadata, and the metadata the first entry.</summary>
    private static int DigestPlace(ReadOnlySpan<byte> header) => header.IndexOf("\":\""u8) + 3;

    private void ForEachChunk(ChunkAction action)
    {
        var reversed = BitConverter.IsLittleEndian ? [] : new int[ChunkWords];
        foreach (var (_, _, values) in _tensors)
        {
            for (var start = 0; start < values.Length; start += ChunkWords)
            {
                var words = MemoryMarshal.Cast<float, int>(values.Span.Slice(start, Math.Min(ChunkWords, values.Length - start)));
                if (!BitConverter.IsLittleEndian)
                {
                    BinaryPrimitives.ReverseEndianness(words, reversed);
                    words = reversed.AsSpan(0, words.Length);
                }

                action(MemoryMarshal.AsBytes(words));
            }
        }
    }

    private delegate void ChunkAction(ReadOnlySpan<byte> bytes);
}
