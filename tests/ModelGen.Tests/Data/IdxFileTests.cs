using System.IO.Compression;
using Xunit;

namespace ModelGen.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void BytesSurviveARoundTrip(string name)
    {
        var values = Enumerable.Range(0, 3 * 5 * 7).Select(i => (byte)(i * 11)).ToArray();
        IdxFile.Write(_folder[name], new IdxArray(values, 3, 5, 7));

        var read = IdxFile.Read(_folder[name]);

        Assert.Equal(IdxElementType.UnsignedByte, read.ElementType);
        Assert.Equal([3, 5, 7], read.Dimensions.ToArray());
        Assert.Equal(3, read.Count);
        Assert.Equal(35, read.Elements);
        Assert.Equal(values.Select(value => (int)value), read.ToInts());
        Assert.Equal(values.Select(value => value * (1f / 255f)), read.ToFloats(1f / 255f));
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("labels.gz")]
    public void IntegersSurviveARoundTrip(string name)
    {
        int[] values = [0, 1, -1, int.MaxValue, int.MinValue, 0x01020304];
        IdxFile.Write(_folder[name], new IdxArray(values, 6));

        var read = IdxFile.Read(_folder[name]);

        Assert.Equal(IdxElementType.Int32, read.ElementType);
        Assert.Equal(values, read.ToInts());
        Assert.Equal(values.Select(value => (float)value), read.ToFloats());
    }

    [Theory]
    [InlineData("values")]
    [InlineData("values.gz")]
    public void FloatsSurviveARoundTrip(string name)
    {
        float[] values = [0f, -0f, 1.5f, float.Epsilon, float.MaxValue, float.NegativeInfinity];
        IdxFile.Write(_folder[name], new IdxArray(values, 2, 3));

        var read = IdxFile.Read(_folder[name]);

        Assert.Equal(IdxElementType.Single, read.ElementType);
        Assert.Equal(values, read.ToFloats());
        Assert.Throws<InvalidOperationException>(read.ToInts);
    }

    [Fact]
    public void ManyValuesSurviveCompression()
    {
        var values = new byte[300_001];
        new Random(1).NextBytes(values);
        IdxFile.Write(_folder["many.gz"], new IdxArray(values, values.Length));

        Assert.Equal(values.Select(value => (int)value), IdxFile.Read(_folder["many.gz"]).ToInts());
    }

    [Fact]
    public void TheFormatIsBigEndian()
    {
        IdxFile.Write(_folder["x"], new IdxArray([0x01020304], 1));

        Assert.Equal([0, 0, 0x0C, 1, 0, 0, 0, 1, 1, 2, 3, 4], File.ReadAllBytes(_folder["x"]));
    }

    [Theory]
    [InlineData(0, "magic number", "0 bytes")]
    [InlineData(3, "magic number", "3 bytes")]
    [InlineData(4, "dimension 1 of 2", "the end of the file")]
    [InlineData(9, "dimension 2 of 2", "the end of the file")]
    [InlineData(12, "values", "0 bytes")]
    [InlineData(17, "values", "5 bytes")]
    public void ATruncatedFileIsRefused(int length, string field, string found)
    {
        var path = WriteBytes("cut", ValidBytes()[..length]);

        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(path));

        Assert.Equal(path, exception.File);
        Assert.Equal(field, exception.Field);
        Assert.Equal(found, exception.Found);
        Assert.Contains(path, exception.Message);
        Assert.Contains(exception.Expected, exception.Message);
    }

    [Fact]
    public void EveryTruncationOfACompressedFileIsRefused()
    {
        var whole = Compress(ValidBytes());
        for (var length = 0; length < whole.Length; length++)
        {
            var path = WriteBytes("cut.gz", whole[..length]);
            Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
        }
    }

    [Fact]
    public void AWrongChecksumIsRefused()
    {
        var bytes = Compress(ValidBytes());
        bytes[^5] ^= 1;

        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(WriteBytes("damaged.gz", bytes)));

        Assert.Equal("compressed data", exception.Field);
    }

    [Theory]
    [InlineData(0, 1, "0x01000802")]
    [InlineData(1, 7, "0x00070802")]
    [InlineData(2, 0x0E, "0x00000E02")]
    [InlineData(3, 0, "0x00000800")]
    public void AWrongMagicNumberIsRefused(int position, byte value, string found)
    {
        var bytes = ValidBytes();
        bytes[position] = value;

        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(WriteBytes("magic", bytes)));

        Assert.Equal("magic number", exception.Field);
        Assert.Equal(found, exception.Found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TooManyBytesAreRefused(bool compressed)
    {
        byte[] bytes = [.. ValidBytes(), 0];

        var path = WriteBytes("long", compressed ? Compress(bytes) : bytes);

        Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AHugeDimensionIsRefusedWithoutAllocatingIt(bool compressed)
    {
        var bytes = ValidBytes();
        bytes[4] = 0x0F;
        var path = WriteBytes("huge", compressed ? Compress(bytes) : bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(path));

        Assert.Equal("values", exception.Field);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(0x7F, 0x7F)]
    [InlineData(0x80, 0)]
    [InlineData(0xFF, 0xFF)]
    public void ImpossibleDimensionsAreRefused(byte first, byte second)
    {
        var bytes = ValidBytes();
        bytes[4] = first;
        bytes[8] = second;

        var exception = Assert.Throws<DataFormatException>(() => IdxFile.Read(WriteBytes("impossible", bytes)));

        Assert.StartsWith("dimension", exception.Field);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => IdxFile.Read(_folder["missing"]));

        Assert.Contains("missing", exception.Message);
    }

    [Fact]
    public void ImagesAndLabelsBecomeADataset()
    {
        IdxFile.Write(_folder["images.gz"], new IdxArray(new byte[] { 0, 255, 51, 102, 153, 204 }, 3, 1, 2));
        IdxFile.Write(_folder["labels"], new IdxArray(new byte[] { 2, 0, 1 }, 3));

        var data = IdxFile.ReadDataset(_folder["images.gz"], _folder["labels"]);

        Assert.Equal(3, data.Count);
        Assert.Equal(2, data.Inputs[0].Elements);
        Assert.Equal([0f, 1f, 0.2f, 0.4f, 0.6f, 0.8f], data.Inputs[0].Floats.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal([2, 0, 1], data.Labels[0].Ints.ToArray());
    }

    [Fact]
    public void LabelsThatDoNotBelongToTheImagesAreRefused()
    {
        IdxFile.Write(_folder["images"], new IdxArray(new byte[6], 3, 2));
        IdxFile.Write(_folder["few"], new IdxArray(new byte[2], 2));
        IdxFile.Write(_folder["square"], new IdxArray(new byte[9], 3, 3));
        IdxFile.Write(_folder["floats"], new IdxArray(new float[3], 3));

        var few = Assert.Throws<DataFormatException>(() => IdxFile.ReadDataset(_folder["images"], _folder["few"]));
        var square = Assert.Throws<DataFormatException>(() => IdxFile.ReadDataset(_folder["images"], _folder["square"]));
        var floats = Assert.Throws<DataFormatException>(() => IdxFile.ReadDataset(_folder["images"], _folder["floats"]));

        Assert.Equal(("number of labels", "2"), (few.Field, few.Found));
        Assert.Equal(("dimensions", "2"), (square.Field, square.Found));
        Assert.Equal("type", floats.Field);
    }

    [Fact]
    public void DimensionsThatDoNotFitTheValuesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new IdxArray(new byte[5], 2, 3));
        Assert.Throws<ArgumentException>(() => new IdxArray(new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdxArray(new byte[4], -2, -2));
    }

    private static byte[] ValidBytes() => [0, 0, 0x08, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    private static byte[] Compress(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private string WriteBytes(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }
}
