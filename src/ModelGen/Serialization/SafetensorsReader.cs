using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ModelGen;

/// <summary>
/// Reads a safetensors file: the header at once, then the tensors in one pass in which the digest, if the file has one,
/// is checked. Nothing is allocated that the file's length does not account for.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int LengthBytes = 8;
    private const int ChunkBytes = 1 << 16;
    private const int DigestDigits = 64;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly byte[] _headerBytes;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="ModelFormatException">The file is not a safetensors file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public SafetensorsReader(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        try
        {
            _headerBytes = ReadHeaderBytes();
            Header = SafetensorsHeader.Parse(path, _headerBytes.AsSpan(LengthBytes), _stream.Length - _headerBytes.Length);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What the file says of itself.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Reads tensors, and checks the digest over the whole file.</summary>
    /// <param name="destinations">Where the tensors of these names go; each as long as its tensor and of a type that can be read as float.</param>
    /// <exception cref="ModelFormatException">The digest does not match, the file ends early, or a number does not fit a float. The destinations are then of no use.</exception>
    public void Read(IReadOnlyDictionary<string, Memory<float>> destinations)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendHeader(hash);
        _stream.Position = _headerBytes.Length;
        var chunk = new byte[ChunkBytes];
        foreach (var tensor in Header.InOrder)
        {
            var destination = destinations.TryGetValue(tensor.Name, out var memory) ? memory : Memory<float>.Empty;
            var position = 0;
            for (var left = tensor.End - tensor.Begin; left > 0;)
            {
                var bytes = chunk.AsSpan(0, (int)Math.Min(left, ChunkBytes));
                Fill(bytes, tensor.Name);
                hash.AppendData(bytes);
                left -= bytes.Length;
                if (!destination.IsEmpty)
                {
                    var count = bytes.Length / tensor.ElementBytes;
                    Convert(tensor, bytes, destination.Span.Slice(position, count), position);
                    position += count;
                }
            }
        }

        CheckDigest(hash);
    }

    public void Dispose() => _stream.Dispose();

    private byte[] ReadHeaderBytes()
    {
        var fileLength = _stream.Length;
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (fileLength < LengthBytes)
        {
            throw new ModelFormatException(_path, "length", $"{fileLength} bytes", "at least 8, the length of the header of a safetensors file");
        }

        Fill(lengthBytes, "header length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        var greatest = (ulong)Math.Min(fileLength - LengthBytes, SafetensorsHeader.GreatestLength);
        if (length > greatest)
        {
            throw new ModelFormatException(_path, "header length", $"{length}", $"at most {greatest} in a file of {fileLength} bytes; it may be cut short, or not a safetensors file");
        }

        var bytes = new byte[LengthBytes + (int)length];
        lengthBytes.CopyTo(bytes);
        Fill(bytes.AsSpan(LengthBytes), "header");
        return bytes;
    }

    private void Fill(Span<byte> bytes, string field)
    {
        var read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new ModelFormatException(_path, field, $"the end of the file after {read} bytes", $"{bytes.Length} bytes");
        }
    }

    private void AppendHeader(IncrementalHash hash)
    {
        if (Header.DigestStart < 0)
        {
            hash.AppendData(_headerBytes);
            return;
        }

        var digest = LengthBytes + Header.DigestStart;
        Span<byte> zeros = stackalloc byte[DigestDigits];
        zeros.Fill((byte)'0');
        hash.AppendData(_headerBytes.AsSpan(0, digest));
        hash.AppendData(zeros);
        hash.AppendData(_headerBytes.AsSpan(digest + DigestDigits));
    }

    private void CheckDigest(IncrementalHash hash)
    {
        if (Header.Metadata.TryGetValue(SafetensorsHeader.DigestKey, out var expected))
        {
            var found = System.Convert.ToHexStringLower(hash.GetHashAndReset());
            if (found != expected)
            {
                throw new ModelFormatException(_path, "contents", $"SHA-256 {found}", $"{expected}, which the file says it had when it was written; it is damaged");
            }
        }
    }

    private void Convert(SafetensorsEntry tensor, ReadOnlySpan<byte> bytes, Span<float> floats, int position)
    {
        switch (tensor.Type)
        {
            case "F32":
                bytes.CopyTo(MemoryMarshal.AsBytes(floats));
                if (!BitConverter.IsLittleEndian)
                {
                    var words = MemoryMarshal.Cast<float, int>(floats);
                    BinaryPrimitives.ReverseEndianness(words, words);
                }

                break;
            case "F16":
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                }

                break;
            case "BF16":
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
                }

                break;
            case "F64":
                for (var i = 0; i < floats.Length; i++)
                {
                    var value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                    floats[i] = (float)value;
                    if (float.IsInfinity(floats[i]) && double.IsFinite(value))
                    {
                        throw new ModelFormatException(
                            _path, $"{tensor.Name}, element {position + i}", FormattableString.Invariant($"{value}"), "a number within the range of a 32-bit float");
                    }
                }

                break;
            default:
                throw new ModelFormatException(_path, $"{tensor.Name}.dtype", tensor.Type, "F32, F16, BF16 or F64");
        }
    }
}
