using System.Text;
using System.Text.Json;

namespace ModelGen;

/// <summary>
/// The header of a safetensors file, checked: names occur once, every size fits its type and shape, and the tensors lie
/// one after another and fill the file to its end.
/// </summary>
/// <remarks>
/// The format: the length of the header as a 64-bit little-endian number; the header, JSON,
/// <c>{"__metadata__": {"key": "text", …}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}</c>, padded
/// with spaces; the tensors. See https://github.com/huggingface/safetensors.
/// </remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>The greatest length of a header the format allows.</summary>
    public const long GreatestLength = 100_000_000;

    /// <summary>The metadata in which a file holds the SHA-256 of itself, taken with zeros in the place of the digest.</summary>
    public const string DigestKey = "sha256";

    private readonly string _file;
    private readonly long _payloadLength;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, SafetensorsEntry> _tensors = [];

    private SafetensorsHeader(string file, long payloadLength)
    {
        _file = file;
        _payloadLength = payloadLength;
    }

    /// <summary>The texts beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors => _tensors;

    /// <summary>The tensors in the order they lie in the file.</summary>
    public SafetensorsEntry[] InOrder { get; private set; } = [];

    /// <summary>Where in the header the 64 digits of the digest begin, or −1 if there is none.</summary>
    public int DigestStart { get; private set; } = -1;

    /// <summary>Reads and checks a header.</summary>
    /// <param name="file">The path, for messages.</param>
    /// <param name="json">The bytes of the header.</param>
    /// <param name="payloadLength">The bytes of the file after the header.</param>
    /// <exception cref="ModelFormatException">The header is not one, or contradicts itself or the file's length.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long payloadLength)
    {
        var header = new SafetensorsHeader(file, payloadLength);
        try
        {
            header.ReadObject(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // A JsonReader reports bytes that are no text, and values of another kind, as InvalidOperationException.
            throw new ModelFormatException(file, "header", $"text that is not JSON or not a list of tensors ({error.Message})", "the JSON header of a safetensors file", error);
        }

        header.CheckPlaces();
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(reader, JsonTokenType.StartObject, "header", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "__metadata__")
            {
                ReadMetadata(ref reader);
            }
            else if (!_tensors.TryAdd(name, ReadTensor(ref reader, name)))
            {
                throw Wrong(name, "a second tensor of that name", "one");
            }
        }

        // What follows the object must be white space; reading on says so.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(reader, JsonTokenType.StartObject, "__metadata__", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            Expect(reader, JsonTokenType.String, $"__metadata__.{key}", "a text");
            if (!_metadata.TryAdd(key, reader.GetString()!))
            {
                throw Wrong($"__metadata__.{key}", "a second value", "one");
            }

            if (key == DigestKey)
            {
                if (reader.ValueSpan.Length != 64)
                {
                    throw Wrong($"__metadata__.{key}", $"a text of {reader.ValueSpan.Length} bytes", "64 hexadecimal digits");
                }

                DigestStart = checked((int)reader.TokenStartIndex) + 1;
            }
        }
    }

    private SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        Expect(reader, JsonTokenType.StartObject, name, "an object");
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            switch (field)
            {
                case "dtype" when type is null:
                    Expect(reader, JsonTokenType.String, $"{name}.dtype", "a text");
                    type = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, $"{name}.shape");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, $"{name}.data_offsets");
                    break;
                default:
                    throw Wrong(name, $"the field \"{field}\"", "dtype, shape and data_offsets, each once");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
        {
            throw Wrong(name, "an incomplete description", "dtype, shape and data_offsets of two numbers");
        }

        if (begin > end || end > _payloadLength)
        {
            throw Wrong($"{name}.data_offsets", $"[{begin}, {end}]", $"two rising numbers up to {_payloadLength}, the bytes after the header");
        }

        var entry = new SafetensorsEntry(name, type, shape, begin, end);
        if (entry.ElementBytes > 0 && BytesOf(shape, entry.ElementBytes) != end - begin)
        {
            throw Wrong($"{name}.data_offsets", $"{end - begin} bytes", $"those of {type} {entry.ShapeText}");
        }

        return entry;
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string field)
    {
        Expect(reader, JsonTokenType.StartArray, field, "a list of numbers");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw Wrong(field, Encoding.UTF8.GetString(reader.ValueSpan), "a whole number that is not negative");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>The bytes of a tensor, or −1 when they are more than any file has.</summary>
    private static long BytesOf(long[] shape, int elementBytes)
    {
        Int128 bytes = elementBytes;
        foreach (var extent in shape)
        {
            bytes *= extent;
            if (bytes > long.MaxValue)
            {
                return -1;
            }
        }

        return (long)bytes;
    }

    private void CheckPlaces()
    {
        // Empty tensors come before the one that begins where they do.
        InOrder = [.. _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)];
        var place = 0L;
        foreach (var tensor in InOrder)
        {
            if (tensor.Begin != place)
            {
                throw Wrong($"{tensor.Name}.data_offsets", $"a beginning at byte {tensor.Begin}", $"byte {place}, where the tensor before it ends");
            }

            place = tensor.End;
        }

        if (place != _payloadLength)
        {
            throw Wrong("length", $"{_payloadLength} bytes after the header", $"{place}, where the last tensor ends");
        }
    }

    private void Expect(in Utf8JsonReader reader, JsonTokenType type, string field, string expected)
    {
        if (reader.TokenType != type)
        {
            throw Wrong(field, reader.TokenType.ToString(), expected);
        }
    }

    private ModelFormatException Wrong(string field, string found, string expected) => new(_file, field, found, expected);
}
