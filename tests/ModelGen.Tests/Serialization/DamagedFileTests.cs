using System.Text;
using ModelGen.Tests.Data;
using Xunit;

namespace ModelGen.Tests.Serialization;

/// <summary>Whatever happens to a file, the reader says which file and what, and changes nothing.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryTruncationIsRefused()
    {
        ModelFile.Save(FilePath, TestParameters.Create());
        var bytes = File.ReadAllBytes(FilePath);
        for (var length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length]);
        }

        Refused([.. bytes, 0]);
    }

    [Fact]
    public void EveryChangedByteIsRefused()
    {
        ModelFile.Save(FilePath, TestParameters.Create());
        var bytes = File.ReadAllBytes(FilePath);
        var digestName = bytes.AsSpan().IndexOf("sha256"u8);
        for (var place = 0; place < bytes.Length; place++)
        {
            // Under another name the digest is a note like any other, and what it covers is as it was.
            if (place >= digestName && place < digestName + 6)
            {
                continue;
            }

            foreach (var change in new byte[] { 0x01, 0x20, 0x80, 0xFF })
            {
                var damaged = (byte[])bytes.Clone();
                damaged[place] ^= change;
                Refused(damaged);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"__metadata__\":[]}")]
    [InlineData("{\"__metadata__\":{\"a\":1}}")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("{\"__metadata__\":{\"sha256\":\"00\"}}")]
    [InlineData("{\"\\uD800\":{}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,400]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}")]
    [InlineData("{\"__metadata__\":{}}")]
    public void WrongHeadersAreRefused(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        Refused([.. SafetensorsFile.Length((ulong)text.Length), .. text, .. new byte[4]]);
    }

    [Fact]
    public void AHeaderThatIsNotTextIsRefused() => Refused([.. SafetensorsFile.Length(6), (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    [InlineData(3_000_000_000)]
    public void AHeaderLongerThanTheFileIsNotAllocated(ulong length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused([.. SafetensorsFile.Length(length), .. "{}"u8]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private void Refused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        var parameters = TestParameters.Create();
        var before = TestParameters.Values(parameters);
        var error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(FilePath, parameters));
        Assert.Equal(FilePath, error.File);
        Assert.StartsWith(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TestParameters.Values(parameters));
    }
}
