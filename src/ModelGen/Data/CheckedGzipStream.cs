using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelGen;

/// <summary>
/// Decompresses a gzip file of one member and says so if it is cut short or damaged. <see cref="GZipStream"/> alone takes
/// a file that ends too early for a shorter file.
/// </summary>
internal sealed class CheckedGzipStream : Stream
{
    // RFC 1952: ten bytes of header and eight of checksum and length around the data.
    private const int LeastBytes = 18;

    private readonly string _name;
    private readonly GZipStream _content;
    private readonly uint _expectedLength;
    private uint _length;

    public CheckedGzipStream(Stream compressed, string name)
    {
        _name = name;
        _expectedLength = ReadLength(compressed, name);
        _content = new GZipStream(compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _content.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(_name, "compressed data", "damaged data or a wrong checksum", "a valid gzip file", exception);
        }

        _length += (uint)read;
        if (read == 0 && !buffer.IsEmpty && _length != _expectedLength)
        {
            throw new DataFormatException(
                _name, "compressed data", $"an end after {_length} bytes", "a whole gzip file; it may be cut short");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    // The last four bytes are the length of the content, modulo 2³².
    private static uint ReadLength(Stream compressed, string name)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        var start = compressed.Position;
        if (compressed.Length - start < LeastBytes)
        {
            throw new DataFormatException(name, "compressed data", $"{compressed.Length - start} bytes", $"a gzip file of at least {LeastBytes} bytes");
        }

        compressed.Position = compressed.Length - trailer.Length;
        compressed.ReadExactly(trailer);
        compressed.Position = start;
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }
}
