using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ModelGen;

/// <summary>
/// Reads and writes IDX files, the format of MNIST and its relatives: two zero bytes, a type code, the number of dimensions,
/// the dimensions as big-endian 32-bit integers, the values (Y. LeCun, C. Cortes and C. Burges, "The MNIST database of
/// handwritten digits"). Files compressed with gzip are recognised by their content.
/// </summary>
public static class IdxFile
{
    private const int MagicBytes = 4;
    private const int FirstPiece = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is cut short, too long, or not an IDX file of a known type.</exception>
    public static IdxArray Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads from a stream, such as an embedded resource, to its end.</summary>
    /// <param name="stream">The content of a file, plain or compressed with gzip.</param>
    /// <param name="name">What exceptions call the stream.</param>
    /// <exception cref="DataFormatException">The content is cut short, too long, or not that of an IDX file of a known type.</exception>
    public static IdxArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var content = CompressedFile.Decompress(stream, name);
        var (type, dimensions) = ReadHeader(content, name);
        var count = CountValues(dimensions, type, name);

        // What a plain file claims is checked against its length before anything is allocated; a compressed file has to
        // deliver before more is allocated.
        var bytes = count * ElementSize(type);
        if (content.CanSeek && content.Length - content.Position != bytes)
        {
            throw WrongLength(name, content.Length - content.Position, bytes, dimensions);
        }

        return type switch
        {
            IdxElementType.UnsignedByte => new(ReadValues<byte>(content, (int)count, dimensions, name), dimensions),
            IdxElementType.Int32 => new(ToHostOrder(ReadValues<int>(content, (int)count, dimensions, name)), dimensions),
            _ => new(ToHostOrder(ReadValues<float>(content, (int)count, dimensions, name)), dimensions),
        };
    }

    /// <summary>Reads images (or other inputs) and their classes as a data set.</summary>
    /// <param name="inputsPath">An IDX file, its first dimension the samples.</param>
    /// <param name="labelsPath">An IDX file of one dimension: a class for each sample.</param>
    /// <param name="scale">What each input value is multiplied with; the default takes bytes to 0 … 1.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">A file is not as its format says, or the two do not belong together.</exception>
    public static Dataset ReadDataset(string inputsPath, string labelsPath, float scale = 1f / 255f)
    {
        using var inputs = File.OpenRead(inputsPath);
        using var labels = File.OpenRead(labelsPath);
        return ReadDataset(inputs, inputsPath, labels, labelsPath, scale);
    }

    /// <summary>Reads images (or other inputs) and their classes from streams as a data set.</summary>
    /// <param name="inputs">The content of an IDX file, its first dimension the samples.</param>
    /// <param name="inputsName">What exceptions call the inputs.</param>
    /// <param name="labels">The content of an IDX file of one dimension: a class for each sample.</param>
    /// <param name="labelsName">What exceptions call the labels.</param>
    /// <param name="scale">What each input value is multiplied with; the default takes bytes to 0 … 1.</param>
    /// <exception cref="DataFormatException">A file is not as its format says, or the two do not belong together.</exception>
    public static Dataset ReadDataset(Stream inputs, string inputsName, Stream labels, string labelsName, float scale = 1f / 255f)
    {
        var labelArray = Read(labels, labelsName);
        if (labelArray.Dimensions.Length != 1)
        {
            throw new DataFormatException(labelsName, "dimensions", $"{labelArray.Dimensions.Length}", "1, a class for each sample");
        }

        if (labelArray.ElementType == IdxElementType.Single)
        {
            throw new DataFormatException(labelsName, "type", "floating-point numbers", "integers, a class for each sample");
        }

        var inputArray = Read(inputs, inputsName);
        if (inputArray.Elements == 0)
        {
            throw new DataFormatException(inputsName, "dimensions", Describe(inputArray.Dimensions), "at least one value for each sample");
        }

        if (inputArray.Count != labelArray.Count)
        {
            throw new DataFormatException(
                labelsName, "number of labels", $"{labelArray.Count}", $"{inputArray.Count}, the number of samples of {inputsName}");
        }

        return Dataset.ForClassification(inputArray.ToFloats(scale), inputArray.Elements, labelArray.ToInts());
    }

    /// <summary>Writes a file, compressed with gzip if its name ends in .gz.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="array">The content.</param>
    public static void Write(string path, IdxArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        using var stream = CompressedFile.Create(path);
        stream.Write([0, 0, (byte)array.ElementType, (byte)array.Dimensions.Length]);
        Span<byte> extent = stackalloc byte[sizeof(int)];
        foreach (var dimension in array.Dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(extent, dimension);
            stream.Write(extent);
        }

        stream.Write(array.Values switch
        {
            byte[] bytes => bytes,
            int[] ints => MemoryMarshal.AsBytes(ToHostOrder((int[])ints.Clone()).AsSpan()),
            var singles => MemoryMarshal.AsBytes(ToHostOrder((float[])singles.Clone()).AsSpan()),
        });
    }

    private static (IdxElementType Type, int[] Dimensions) ReadHeader(Stream content, string name)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        var read = content.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false);
        if (read < MagicBytes)
        {
            throw new DataFormatException(name, "magic number", $"{read} bytes", $"{MagicBytes} bytes");
        }

        var type = (IdxElementType)magic[2];
        if (magic[0] != 0 || magic[1] != 0 || !Enum.IsDefined(type) || magic[3] == 0)
        {
            throw new DataFormatException(
                name,
                "magic number",
                $"0x{BinaryPrimitives.ReadUInt32BigEndian(magic):X8}",
                "0x00 0x00, a type (0x08 bytes, 0x0C integers, 0x0D floats) and the number of dimensions, at least 1");
        }

        var dimensions = new int[magic[3]];
        Span<byte> extent = stackalloc byte[sizeof(int)];
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (content.ReadAtLeast(extent, extent.Length, throwOnEndOfStream: false) < extent.Length)
            {
                throw new DataFormatException(name, $"dimension {i + 1} of {dimensions.Length}", "the end of the file", "a 32-bit integer");
            }

            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(extent);
            if (dimensions[i] < 0)
            {
                throw new DataFormatException(name, $"dimension {i + 1} of {dimensions.Length}", $"{dimensions[i]}", "a number that is not negative");
            }
        }

        return (type, dimensions);
    }

    private static long CountValues(int[] dimensions, IdxElementType type, string name)
    {
        // Empty dimensions count as one here, so that the others cannot overflow anything either.
        var count = 1L;
        foreach (var dimension in dimensions)
        {
            count *= Math.Max(dimension, 1);
            if (count * ElementSize(type) > Array.MaxLength)
            {
                throw new DataFormatException(name, "dimensions", Describe(dimensions), $"at most {Array.MaxLength} bytes of values");
            }
        }

        return dimensions.Contains(0) ? 0 : count;
    }

    private static T[] ReadValues<T>(Stream content, int count, int[] dimensions, string name)
        where T : unmanaged
    {
        var values = new T[content.CanSeek ? count : Math.Min(count, FirstPiece)];
        var filled = 0;
        while (true)
        {
            var rest = MemoryMarshal.AsBytes(values.AsSpan(filled));
            var read = content.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            if (read < rest.Length)
            {
                var size = MemoryMarshal.AsBytes(values.AsSpan(0, 1)).Length;
                throw WrongLength(name, ((long)filled * size) + read, (long)count * size, dimensions);
            }

            filled = values.Length;
            if (filled == count)
            {
                break;
            }

            Array.Resize(ref values, (int)Math.Min(count, 2L * filled));
        }

        // Reading on to the end also makes gzip check its checksum.
        if (content.ReadByte() >= 0)
        {
            throw new DataFormatException(name, "end of the values", "more bytes", $"none after the values of dimensions {Describe(dimensions)}");
        }

        return values;
    }

    private static int[] ToHostOrder(int[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(values, values);
        }

        return values;
    }

    private static float[] ToHostOrder(float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    private static int ElementSize(IdxElementType type) => type == IdxElementType.UnsignedByte ? sizeof(byte) : sizeof(float);

    private static string Describe(ReadOnlySpan<int> dimensions) => string.Join('×', dimensions.ToArray());

    private static DataFormatException WrongLength(string name, long found, long expected, int[] dimensions) =>
        new(name, "values", $"{found} bytes", $"{expected} bytes for the dimensions {Describe(dimensions)}");
}
