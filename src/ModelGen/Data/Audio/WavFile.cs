using System.Buffers.Binary;

namespace ModelGen;

/// <summary>
/// Reads and writes WAV files: integers of 8, 16, 24 and 32 bits and floating-point numbers of 32 and 64, plain or
/// "extensible" (Microsoft and IBM, "Multimedia programming interface and data specifications 1.0", 1991; Microsoft,
/// "Multiple channel audio data and WAVE files", 2007).
/// </summary>
/// <remarks>
/// An integer of b bits becomes itself divided by 2ᵇ⁻¹ (of 8 bits after 128 is subtracted): −1 … just below 1. Writing rounds
/// to the nearest integer and clips what is outside. Chunks other than <c>fmt</c> and <c>data</c> are passed over.
/// </remarks>
public static class WavFile
{
    private const int HeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;
    private const int LeastFormatBytes = 16;
    private const int ExtensibleFormatBytes = 40;
    private const int SubFormatOffset = 24;
    private const int PcmTag = 1;
    private const int FloatTag = 3;
    private const int ExtensibleTag = 0xFFFE;

    // What follows the tag in the identifier of an extensible format.
    private static ReadOnlySpan<byte> SubFormatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is cut short, damaged, or of an encoding other than those of <see cref="WavEncoding"/>.</exception>
    public static AudioClip Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads from a stream, such as an embedded resource.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="name">What exceptions call the stream.</param>
    /// <exception cref="DataFormatException">The content is cut short, damaged, or of an encoding other than those of <see cref="WavEncoding"/>.</exception>
    public static AudioClip Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);

        // With the whole content at hand, every length the file claims is checked before anything of that length is made.
        return Read(ReadAll(stream, name), name);
    }

    /// <summary>Writes a file; one of that name is replaced as a whole.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="clip">The sound.</param>
    /// <param name="encoding">How samples are stored.</param>
    /// <exception cref="ArgumentException">The clip is too long for a WAV file, or has too many channels.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public static void Write(string path, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, clip, encoding));
    }

    /// <summary>Writes the content of a file to a stream.</summary>
    /// <param name="stream">Receives the content; is left open.</param>
    /// <param name="clip">The sound.</param>
    /// <param name="encoding">How samples are stored.</param>
    /// <exception cref="ArgumentException">The clip is too long for a WAV file, or has too many channels.</exception>
    public static void Write(Stream stream, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        var (tag, size) = Layout(encoding);
        var frameBytes = (long)clip.Channels * size;
        var dataBytes = (long)clip.Samples.Length * size;
        var padding = dataBytes & 1;
        var total = HeaderBytes + ChunkHeaderBytes + LeastFormatBytes + ChunkHeaderBytes + dataBytes + padding;
        if (total > Array.MaxLength || frameBytes > ushort.MaxValue)
        {
            throw new ArgumentException($"{clip.Frames} frames of {clip.Channels} channels do not fit in a WAV file of {encoding}.", nameof(clip));
        }

        var bytes = new byte[total];
        var header = bytes.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(total - ChunkHeaderBytes));
        "WAVE"u8.CopyTo(header[8..]);
        "fmt "u8.CopyTo(header[12..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], LeastFormatBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)clip.Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)clip.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)Math.Min(uint.MaxValue, clip.SampleRate * frameBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)frameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)(8 * size));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)dataBytes);
        Encode(clip.Samples, header[44..], encoding, size);
        stream.Write(bytes);
    }

    private static AudioClip Read(ReadOnlySpan<byte> content, string name)
    {
        if (content.Length < HeaderBytes)
        {
            throw new DataFormatException(name, "header", $"{content.Length} bytes", $"at least {HeaderBytes} bytes");
        }

        Expect(content[..4].SequenceEqual("RIFF"u8), name, "header", FourCharacters(content), "'RIFF'");
        Expect(content[8..12].SequenceEqual("WAVE"u8), name, "form", FourCharacters(content[8..]), "'WAVE'");
        WavFormat? format = null;
        var position = HeaderBytes;
        while (content.Length - position >= ChunkHeaderBytes)
        {
            var header = content[position..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            position += ChunkHeaderBytes;
            var isData = header[..4].SequenceEqual("data"u8);
            if (length > content.Length - position)
            {
                throw new DataFormatException(
                    name, $"chunk {FourCharacters(header)}", $"{content.Length - position} bytes", $"{length} bytes, as its header says; the file may be cut short");
            }

            var chunk = content.Slice(position, (int)length);
            if (header[..4].SequenceEqual("fmt "u8))
            {
                format = ReadFormat(chunk, name);
            }
            else if (isData)
            {
                return Decode(chunk, format ?? throw new DataFormatException(name, "chunk 'data'", "no chunk 'fmt ' before it", "a format"), name);
            }

            // A chunk of an odd length is followed by a byte of padding.
            position += (int)length + ((int)length & 1);
        }

        throw new DataFormatException(name, "chunks", "none called 'data'", "a format and then data");
    }

    private static WavFormat ReadFormat(ReadOnlySpan<byte> chunk, string name)
    {
        Expect(chunk.Length >= LeastFormatBytes, name, "format", $"{chunk.Length} bytes", $"at least {LeastFormatBytes} bytes");
        var tag = (int)BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = (int)BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var frameBytes = (int)BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        var bits = (int)BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == ExtensibleTag)
        {
            Expect(chunk.Length >= ExtensibleFormatBytes, name, "format", $"{chunk.Length} bytes", $"{ExtensibleFormatBytes} bytes of an extensible format");
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[SubFormatOffset..]);
            Expect(chunk.Slice(SubFormatOffset + 2, SubFormatTail.Length).SequenceEqual(SubFormatTail), name, "sub-format", "an unknown identifier", "integers or floating-point numbers");
        }

        WavEncoding? encoding = (tag, bits) switch
        {
            (PcmTag, 8) => WavEncoding.Pcm8,
            (PcmTag, 16) => WavEncoding.Pcm16,
            (PcmTag, 24) => WavEncoding.Pcm24,
            (PcmTag, 32) => WavEncoding.Pcm32,
            (FloatTag, 32) => WavEncoding.Float32,
            (FloatTag, 64) => WavEncoding.Float64,
            _ => null,
        };
        if (encoding is null)
        {
            throw new DataFormatException(name, "encoding", $"format {tag} of {bits} bits", "integers of 8, 16, 24 or 32 bits (format 1) or floating-point numbers of 32 or 64 (format 3)");
        }

        Expect(channels > 0, name, "channels", "0", "at least 1");
        Expect(rate is > 0 and <= int.MaxValue, name, "sample rate", $"{rate}", $"1 … {int.MaxValue}");
        Expect(frameBytes == channels * (bits / 8), name, "bytes of a frame", $"{frameBytes}", $"{channels * (bits / 8)}, {channels} channels of {bits} bits");
        return new(encoding.Value, channels, (int)rate, bits / 8);
    }

    private static AudioClip Decode(ReadOnlySpan<byte> data, WavFormat format, string name)
    {
        var frameBytes = format.Channels * format.SampleBytes;
        Expect(data.Length % frameBytes == 0, name, "chunk 'data'", $"{data.Length} bytes", $"a whole number of frames of {frameBytes} bytes");
        var samples = new float[data.Length / format.SampleBytes];
        for (var i = 0; i < samples.Length; i++)
        {
            var bytes = data.Slice(i * format.SampleBytes, format.SampleBytes);
            samples[i] = format.Encoding switch
            {
                WavEncoding.Pcm8 => (bytes[0] - 128) / 128f,
                WavEncoding.Pcm16 => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
                WavEncoding.Pcm24 => (bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16)) / 8388608f,
                WavEncoding.Pcm32 => (float)(BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0),
                WavEncoding.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            };
            Expect(float.IsFinite(samples[i]), name, $"sample {i}", $"{samples[i]}", "a finite number");
        }

        return new(samples, format.SampleRate, format.Channels);
    }

    private static void Encode(ReadOnlySpan<float> samples, Span<byte> data, WavEncoding encoding, int size)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var bytes = data.Slice(i * size, size);
            switch (encoding)
            {
                case WavEncoding.Pcm8:
                    bytes[0] = (byte)(Round(samples[i], 128) + 128);
                    break;
                case WavEncoding.Pcm16:
                    BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)Round(samples[i], 32768));
                    break;
                case WavEncoding.Pcm24:
                    var value = (int)Round(samples[i], 8388608);
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
                    bytes[2] = (byte)(value >> 16);
                    break;
                case WavEncoding.Pcm32:
                    BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)Round(samples[i], 2147483648));
                    break;
                case WavEncoding.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(bytes, samples[i]);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, samples[i]);
                    break;
            }
        }
    }

    // Silence stands in for what is not a number.
    private static long Round(float sample, long scale) =>
        float.IsNaN(sample) ? 0 : (long)Math.Clamp(Math.Round((double)sample * scale), -scale, scale - 1);

    private static (int Tag, int Size) Layout(WavEncoding encoding) => encoding switch
    {
        WavEncoding.Pcm8 => (PcmTag, 1),
        WavEncoding.Pcm16 => (PcmTag, 2),
        WavEncoding.Pcm24 => (PcmTag, 3),
        WavEncoding.Pcm32 => (PcmTag, 4),
        WavEncoding.Float32 => (FloatTag, 4),
        WavEncoding.Float64 => (FloatTag, 8),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "There is no such encoding."),
    };

    private static byte[] ReadAll(Stream stream, string name)
    {
        if (stream.CanSeek && stream.Length - stream.Position > Array.MaxLength)
        {
            throw new DataFormatException(name, "file", $"{stream.Length - stream.Position} bytes", $"at most {Array.MaxLength} bytes");
        }

        using var copy = new MemoryStream(stream.CanSeek ? (int)(stream.Length - stream.Position) : 0);
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string FourCharacters(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = stackalloc char[4];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '?';
        }

        return $"'{characters}'";
    }

    private static void Expect(bool holds, string name, string field, string found, string expected)
    {
        if (!holds)
        {
            throw new DataFormatException(name, field, found, expected);
        }
    }

    private sealed record WavFormat(WavEncoding Encoding, int Channels, int SampleRate, int SampleBytes);
}
