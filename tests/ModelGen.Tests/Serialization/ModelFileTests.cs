using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ModelGen.Tests.Data;
using Xunit;

namespace ModelGen.Tests.Serialization;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadsWhatItSaved()
    {
        var saved = TestParameters.Create(seed: 1);
        saved["batchnorm_1.running_mean"].Values.Fill(0.25f);
        saved["dense_1.bias"].Values[1] = float.NaN;
        ModelFile.Save(FilePath, saved);

        var loaded = TestParameters.Create(seed: 2);
        ModelFile.Load(FilePath, loaded);

        Assert.Equal(Bits(saved), Bits(loaded));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void WritesTheFormatThatOthersRead()
    {
        var parameters = TestParameters.Create();
        ModelFile.Save(FilePath, parameters);
        var bytes = File.ReadAllBytes(FilePath);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, headerLength));

        Assert.Equal(0, headerLength % 8);
        Assert.Equal((byte)'{', bytes[8]);
        Assert.Equal("Tiny", header.RootElement.GetProperty("__metadata__").GetProperty("model").GetString());
        var place = 0;
        foreach (var parameter in parameters)
        {
            var tensor = header.RootElement.GetProperty(parameter.Name);
            var offsets = tensor.GetProperty("data_offsets");
            Assert.Equal("F32", tensor.GetProperty("dtype").GetString());
            Assert.Equal(parameter.Shape.ToArray(), tensor.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32()));
            Assert.Equal(place, offsets[0].GetInt32());
            place = offsets[1].GetInt32();
            for (var i = 0; i < parameter.Length; i++)
            {
                Assert.Equal(parameter.Values[i], BitConverter.ToSingle(bytes, 8 + headerLength + offsets[0].GetInt32() + (4 * i)));
            }
        }

        Assert.Equal(bytes.Length, 8 + headerLength + place);
    }

    [Fact]
    public void ReadsWhatOthersWrite()
    {
        var (header, payload) = SafetensorsFile.ForTestParameters();
        SafetensorsFile.Write(FilePath, header.Insert(1, "\"__metadata__\":{\"format\":\"pt\"},") + "     ", payload);
        var parameters = TestParameters.Create();
        ModelFile.Load(FilePath, parameters);

        Assert.Equal(1, parameters["dense_1.weight"].Values[5]);
        Assert.Equal(3, parameters["conv2d_1.weight"].Values[0]);
        Assert.Equal(5, parameters["batchnorm_1.running_mean"].Values[3]);
        Assert.Equal(0, parameters.Words[31]);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void ConvertsOtherFloats(string type)
    {
        var (header, payload) = SafetensorsFile.ForTestParameters(type, value => type switch
        {
            "F16" => BitConverter.GetBytes((Half)value),
            "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
            _ => BitConverter.GetBytes((double)value),
        });
        SafetensorsFile.Write(FilePath, header, payload);
        var parameters = TestParameters.Create();
        ModelFile.Load(FilePath, parameters);

        var number = 0;
        foreach (var parameter in parameters)
        {
            number++;
            Assert.All(parameter.Values.ToArray(), value => Assert.Equal(number, value));
        }
    }

    [Fact]
    public void LoadsUnderForeignNames()
    {
        var (header, payload) = SafetensorsFile.ForTestParameters(rename: name => name.Replace("dense_1", "fc", StringComparison.Ordinal));
        header = header.Insert(1, "\"bn.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},");
        header = Shift(header, 8);
        SafetensorsFile.Write(FilePath, header, new byte[8], payload);
        var names = new Dictionary<string, string> { ["dense_1.weight"] = "fc.weight", ["dense_1.bias"] = "fc.bias" };
        var parameters = TestParameters.Create();
        ModelFile.Load(FilePath, parameters, names);

        Assert.Equal(1, parameters["dense_1.weight"].Values[0]);
        Assert.Equal(2, parameters["dense_1.bias"].Values[0]);
        Refused("dense_1.weight", "no such tensor");
        var error = Assert.Throws<ArgumentException>(() => ModelFile.Load(FilePath, parameters, new Dictionary<string, string> { ["dense_1.weigh"] = "fc.weight" }));
        Assert.Contains("did you mean 'dense_1.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAnotherShapeTypeOrName()
    {
        var (header, payload) = SafetensorsFile.ForTestParameters();
        SafetensorsFile.Write(FilePath, header.Replace("[2,3]", "[3,2]", StringComparison.Ordinal), payload);
        Refused("dense_1.weight.shape", "(3, 2)");
        SafetensorsFile.Write(FilePath, header.Replace("[2,3]", "[6]", StringComparison.Ordinal), payload);
        Refused("dense_1.weight.shape", "(6)");
        SafetensorsFile.Write(FilePath, header.Replace("F32", "I32", StringComparison.Ordinal), payload);
        Refused("dense_1.weight.dtype", "I32");
        SafetensorsFile.Write(FilePath, header[..^1] + ",\"extra\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", payload);
        Refused("extra", "of a name that the model does not have");
        SafetensorsFile.Write(FilePath, header.Replace("dense_1.bias", "dense_2.bias", StringComparison.Ordinal), payload);
        Refused("dense_1.bias", "no such tensor");
    }

    [Fact]
    public void RefusesANumberThatNoFloatHolds()
    {
        var (header, payload) = SafetensorsFile.ForTestParameters("F64", value => BitConverter.GetBytes(value == 3 ? 1e300 : value));
        SafetensorsFile.Write(FilePath, header, payload);
        Refused("conv2d_1.weight, element 0", "1E+300");
    }

    [Fact]
    public void MissingFileOrFolderSaysSo()
    {
        Assert.Throws<FileNotFoundException>(() => ModelFile.Load(FilePath, TestParameters.Create()));
        var error = Assert.Throws<DirectoryNotFoundException>(() => ModelFile.Save(_folder["missing/model.safetensors"], TestParameters.Create()));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureWhileSavingLeavesTheOldFile()
    {
        ModelFile.Save(FilePath, TestParameters.Create());
        var before = File.ReadAllBytes(FilePath);
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(FilePath, stream =>
        {
            stream.Write(new byte[100]);
            throw new InvalidDataException();
        }));

        Assert.Equal(before, File.ReadAllBytes(FilePath));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void ClearsAwayWhatAKilledProcessLeft()
    {
        var old = _folder[".model.safetensors.0123.tmp"];
        var recent = _folder[".model.safetensors.4567.tmp"];
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.WriteAllText(recent, "");
        ModelFile.Save(FilePath, TestParameters.Create());

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(recent));
    }

    private void Refused(string field, string found)
    {
        var parameters = TestParameters.Create();
        var before = Bits(parameters);
        var error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(FilePath, parameters));
        Assert.Equal(FilePath, error.File);
        Assert.Equal(field, error.Field);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Equal(before, Bits(parameters));
    }

    private static int[] Bits(ParameterSet parameters) => [.. TestParameters.Values(parameters).Select(BitConverter.SingleToInt32Bits)];

    private static string Shift(string header, int bytes) =>
        System.Text.RegularExpressions.Regex.Replace(
            header,
            "(F32.*?data_offsets\":)\\[(\\d+),(\\d+)\\]",
            match => FormattableString.Invariant($"{match.Groups[1]}[{int.Parse(match.Groups[2].Value) + bytes},{int.Parse(match.Groups[3].Value) + bytes}]"));
}
