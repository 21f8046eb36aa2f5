using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Tests.Serialization;

/// <summary>Puts safetensors files together by hand, right ones and wrong ones.</summary>
internal static class SafetensorsFile
{
    public static void Write(string path, string header, params byte[][] payload) =>
        File.WriteAllBytes(path, [.. Length((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. payload.SelectMany(bytes => bytes)]);

    public static byte[] Length(ulong length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>The header and the tensors of <see cref="TestParameters"/> with all values of a tensor the same: 1, 2, …</summary>
    public static (string Header, byte[] Payload) ForTestParameters(string type = "F32", Func<float, byte[]>? element = null, Func<string, string>? rename = null)
    {
        element ??= BitConverter.GetBytes;
        var entries = new List<string>();
        var payload = new List<byte>();
        var number = 0;
        foreach (var parameter in TestParameters.Create())
        {
            number++;
            var begin = payload.Count;
            for (var i = 0; i < parameter.Length; i++)
            {
                payload.AddRange(element(number));
            }

            var shape = string.Join(",", parameter.Shape.ToArray());
            entries.Add($$"""
                "{{(rename ?? (name => name))(parameter.Name)}}":{"dtype":"{{type}}","shape":[{{shape}}],"data_offsets":[{{begin}},{{payload.Count}}]}
                """);
        }

        return ("{" + string.Join(",", entries) + "}", [.. payload]);
    }
}
