namespace ModelGen;

/// <summary>A tensor as the header of a safetensors file lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements as the file says it, such as <c>F32</c>.</param>
/// <param name="Shape">Its extents; empty for a single number.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The shape as messages show it.</summary>
    public string ShapeText => $"({string.Join(", ", Shape)})";

    /// <summary>The bytes of one element, or zero for a type that is not known.</summary>
    public int ElementBytes => Type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "BOOL" or "I8" or "U8" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };

    /// <summary>Whether the elements can be read as <see cref="float"/>.</summary>
    public bool IsFloat => Type is "F64" or "F32" or "F16" or "BF16";

    /// <summary>Whether the tensor has just this shape.</summary>
    public bool HasShape(ReadOnlySpan<int> shape)
    {
        if (shape.Length != Shape.Length)
        {
            return false;
        }

        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != Shape[axis])
            {
                return false;
            }
        }

        return true;
    }
}
