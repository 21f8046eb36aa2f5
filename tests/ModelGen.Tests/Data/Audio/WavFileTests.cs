using System.Buffers.Binary;
using Xunit;

namespace ModelGen.Tests.Data.Audio;

public sealed class WavFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WavEncoding.Pcm8, 128)]
    [InlineData(WavEncoding.Pcm16, 32768)]
    [InlineData(WavEncoding.Pcm24, 8388608)]
    [InlineData(WavEncoding.Pcm32, 2147483648)]
    [InlineData(WavEncoding.Float32, 1L << 40)]
    [InlineData(WavEncoding.Float64, 1L << 40)]
    public void EveryEncodingSurvivesARoundTrip(WavEncoding encoding, long steps)
    {
        var samples = Enumerable.Range(0, 999).Select(i => (float)(0.99 * Math.Sin(i * i * 0.01))).Append(-1f).Append(0f).Append(0.5f).ToArray();
        WavFile.Write(_folder["a.wav"], new AudioClip(samples, 22050, 3), encoding);

        var read = WavFile.Read(_folder["a.wav"]);

        Assert.Equal((22050, 3, 334), (read.SampleRate, read.Channels, read.Frames));
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.True(Math.Abs(samples[i] - (double)read.Samples[i]) <= Math.Max(0.5 / steps, 1e-7), $"{i}: {samples[i]} {read.Samples[i]}");
        }

        Assert.Equal(-1f, read.Samples[999]);
        Assert.Equal(0f, read.Samples[1000]);
        Assert.Equal(0.5f, read.Samples[1001]);
    }

    [Fact]
    public void TheFormatIsThatOfTheSpecification()
    {
        var stream = new MemoryStream();
        WavFile.Write(stream, new AudioClip([0f, 1f, -1f], 8000), WavEncoding.Pcm8);

        byte[] expected =
        [
            .. "RIFF"u8, 40, 0, 0, 0, .. "WAVE"u8,
            .. "fmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0,
            .. "data"u8, 3, 0, 0, 0, 128, 255, 0, 0,
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void IntegersOf24BitsHaveASign()
    {
        var read = Read(Wav(1, 1, 24, [0xFF, 0xFF, 0xFF, 0, 0, 0x80, 0xFF, 0xFF, 0x7F]));

        Assert.Equal([-1f / 8388608, -1f, 8388607f / 8388608], read.Samples.ToArray());
    }

    [Fact]
    public void WritingClips()
    {
        var stream = new MemoryStream();
        WavFile.Write(stream, new AudioClip([2f, -3f, float.NaN], 8000));
        stream.Position = 0;

        Assert.Equal([32767 / 32768f, -1f, 0f], WavFile.Read(stream, "clip").Samples.ToArray());
    }

    [Fact]
    public void OtherChunksAndExtensibleFormatsAreRead()
    {
        byte[] tail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        byte[] format = [0xFE, 0xFF, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, 22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. tail];

        var read = Read(File(Chunk("LIST", [1, 2, 3]), Chunk("fmt ", format), Chunk("fact", [0, 0, 0, 0]), Chunk("data", [0, 0x40, 0, 0xC0])));

        Assert.Equal([0.5f, -0.5f], read.Samples.ToArray());
        format[^1] = 0;
        Assert.Equal("sub-format", Refused(File(Chunk("fmt ", format), Chunk("data", []))).Field);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var stream = new MemoryStream();
        WavFile.Write(stream, new AudioClip(new float[20], 8000, 2), WavEncoding.Pcm24);
        var whole = stream.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }
    }

    [Fact]
    public void WrongHeadersAreRefused()
    {
        Assert.Equal("header", Refused([.. "RIFX"u8, .. new byte[20]]).Field);
        Assert.Equal("form", Refused([.. "RIFF"u8, .. new byte[20]]).Field);
        Assert.Equal("encoding", Refused(Wav(7, 1, 8, [1])).Field);
        Assert.Equal("encoding", Refused(Wav(1, 1, 12, [1, 2])).Field);
        Assert.Equal("channels", Refused(Wav(1, 0, 16, [])).Field);
        Assert.Equal("sample rate", Refused(Wav(1, 1, 16, [], rate: 0)).Field);
        Assert.Equal("bytes of a frame", Refused(Wav(1, 2, 16, [], frameBytes: 2)).Field);
        Assert.Equal("chunk 'data'", Refused(Wav(1, 2, 16, [1, 2])).Field);
        Assert.Equal("chunk 'data'", Refused(File(Chunk("data", []))).Field);
        Assert.Equal("chunks", Refused(File(Chunk("LIST", []))).Field);
        Assert.Equal("sample 0", Refused(Wav(3, 1, 32, [0, 0, 0xC0, 0x7F])).Field);
    }

    [Fact]
    public void ADataChunkThatClaimsTooMuchIsRefusedBeforeAnythingIsAllocated()
    {
        var bytes = Wav(1, 1, 16, [1, 2]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), 0xFFFFFFF0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("chunk 'data'", Refused(bytes).Field);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void MonoIsTheMeanOfTheChannels() =>
        Assert.Equal([0.25f, -0.5f], new AudioClip([0.5f, 0f, -1f, 0f], 8000, 2).ToMono().Samples.ToArray());

    [Theory]
    [InlineData(22050, 8000)]
    [InlineData(8000, 16000)]
    [InlineData(8000, 11025)]
    public void ResamplingKeepsWhatBothRatesCanHold(int from, int to)
    {
        static float[] Tone(int rate, double hertz) => [.. Enumerable.Range(0, rate / 4).Select(n => (float)Math.Sin(2 * Math.PI * hertz * n / rate))];

        var resampled = new AudioClip(Tone(from, 700), from).Resample(to);

        var expected = Tone(to, 700);
        Assert.InRange(resampled.Frames - expected.Length, -1, 1);
        for (var i = 100; i < expected.Length - 100; i++)
        {
            Assert.Equal(expected[i], resampled.Samples[i], 0.01f);
        }
    }

    [Fact]
    public void ResamplingDropsWhatTheLowerRateCannotHold()
    {
        var tone = Enumerable.Range(0, 4000).Select(n => (float)Math.Sin(2 * Math.PI * 6000 * n / 16000)).ToArray();

        var resampled = new AudioClip(tone, 16000).Resample(8000);

        Assert.All(resampled.Samples[100..^100].ToArray(), sample => Assert.InRange(sample, -0.02f, 0.02f));
    }

    private static AudioClip Read(byte[] bytes) => WavFile.Read(new MemoryStream(bytes), "test");

    private static DataFormatException Refused(byte[] bytes) => Assert.Throws<DataFormatException>(() => Read(bytes));

    private static byte[] Wav(int tag, int channels, int bits, byte[] data, int rate = 8000, int? frameBytes = null)
    {
        var format = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(frameBytes ?? (channels * bits / 8)));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        return File(Chunk("fmt ", format), Chunk("data", data));
    }

    private static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Chunk(string name, byte[] content) =>
        [.. name.Select(character => (byte)character), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length & 1]];
}
