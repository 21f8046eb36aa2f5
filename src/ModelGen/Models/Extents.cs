namespace ModelGen;

/// <summary>Arithmetic on the extents of a shape.</summary>
internal static class Extents
{
    /// <summary>The number of elements; one for no extents.</summary>
    public static int Product(ReadOnlySpan<int> shape)
    {
        var product = 1;
        foreach (var extent in shape)
        {
            product = checked(product * extent);
        }

        return product;
    }

    /// <summary>The shape as messages show it, such as (1, 28, 28).</summary>
    public static string Format(ReadOnlySpan<int> shape) => $"({string.Join(", ", shape.ToArray())})";

    /// <summary>The shape as tensors take it; one extent of 1 for a single number.</summary>
    public static nint[] ToTensorLengths(ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty)
        {
            return [1];
        }

        var lengths = new nint[shape.Length];
        for (var axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = shape[axis];
        }

        return lengths;
    }
}
