using System.Numerics.Tensors;

namespace ModelGen;

/// <summary>The content of an IDX file: an array of numbers with any number of dimensions, the last one contiguous.</summary>
public sealed class IdxArray
{
    private readonly Array _values;
    private readonly int[] _dimensions;

    /// <summary>An array of bytes.</summary>
    /// <param name="values">The values, the last dimension contiguous; not copied.</param>
    /// <param name="dimensions">The extents, at least one; their product is the number of values.</param>
    /// <exception cref="ArgumentException">The dimensions do not fit the values, or there are none or more than 255.</exception>
    public IdxArray(byte[] values, params ReadOnlySpan<int> dimensions)
        : this(values, IdxElementType.UnsignedByte, dimensions)
    {
    }

    /// <summary>An array of integers.</summary>
    /// <inheritdoc cref="IdxArray(byte[], ReadOnlySpan{int})"/>
    public IdxArray(int[] values, params ReadOnlySpan<int> dimensions)
        : this(values, IdxElementType.Int32, dimensions)
    {
    }

    /// <summary>An array of floating-point numbers.</summary>
    /// <inheritdoc cref="IdxArray(byte[], ReadOnlySpan{int})"/>
    public IdxArray(float[] values, params ReadOnlySpan<int> dimensions)
        : this(values, IdxElementType.Single, dimensions)
    {
    }

    private IdxArray(Array values, IdxElementType elementType, ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length is 0 or > byte.MaxValue)
        {
            throw new ArgumentException($"{dimensions.Length} dimensions; an IDX file has 1 … {byte.MaxValue}.", nameof(dimensions));
        }

        var product = 1L;
        foreach (var extent in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(dimensions));
            product = checked(product * extent);
        }

        if (product != values.Length)
        {
            throw new ArgumentException($"The dimensions {string.Join('×', dimensions.ToArray())} hold {product} values; found {values.Length}.", nameof(dimensions));
        }

        _values = values;
        _dimensions = dimensions.ToArray();
        ElementType = elementType;
    }

    /// <summary>The type of the values.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The extents, outermost first; the first one usually counts samples.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The first extent: the number of samples.</summary>
    public int Count => _dimensions[0];

    /// <summary>The number of values of one sample: the product of the other extents.</summary>
    public int Elements
    {
        get
        {
            var elements = 1;
            foreach (var extent in _dimensions.AsSpan(1))
            {
                elements *= extent;
            }

            return elements;
        }
    }

    internal Array Values => _values;

    /// <summary>The values as floating-point numbers, each times <paramref name="scale"/>; 1/255 takes bytes to 0 … 1.</summary>
    /// <param name="scale">What each value is multiplied with.</param>
    public float[] ToFloats(float scale = 1f)
    {
        var floats = new float[_values.Length];
        switch (_values)
        {
            case byte[] bytes:
                TensorPrimitives.ConvertTruncating<byte, float>(bytes, floats);
                break;
            case int[] ints:
                TensorPrimitives.ConvertTruncating<int, float>(ints, floats);
                break;
            default:
                _values.CopyTo(floats, 0);
                break;
        }

        TensorPrimitives.Multiply(floats, scale, floats);
        return floats;
    }

    /// <summary>The values as integers: labels.</summary>
    /// <exception cref="InvalidOperationException">The values are floating-point numbers.</exception>
    public int[] ToInts() => _values switch
    {
        byte[] bytes => Array.ConvertAll(bytes, value => (int)value),
        int[] ints => (int[])ints.Clone(),
        _ => throw new InvalidOperationException("The IDX array holds floating-point numbers; integers were asked for."),
    };
}
