namespace ModelGen;

/// <summary>
/// One input or one kind of label of every sample of a <see cref="Dataset"/>: [sample][element], the samples one after
/// another in memory. Its values are either <see cref="float"/> (inputs, targets) or <see cref="int"/> (classes, token ids).
/// </summary>
public sealed class DatasetColumn
{
    private readonly ReadOnlyMemory<float> _floats;
    private readonly ReadOnlyMemory<int> _ints;

    private DatasetColumn(ReadOnlyMemory<float> floats, ReadOnlyMemory<int> ints, bool isInt, int elements)
    {
        _floats = floats;
        _ints = ints;
        IsInt = isInt;
        Elements = elements;
        Count = (isInt ? ints.Length : floats.Length) / elements;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of values of one sample, at least one.</summary>
    public int Elements { get; }

    /// <summary>Whether the values are <see cref="int"/>; otherwise they are <see cref="float"/>.</summary>
    public bool IsInt { get; }

    /// <summary>All values, [<see cref="Count"/>][<see cref="Elements"/>].</summary>
    /// <exception cref="InvalidOperationException">The values are <see cref="int"/>.</exception>
    public ReadOnlySpan<float> Floats => IsInt ? throw WrongType("int", "float") : _floats.Span;

    /// <summary>All values, [<see cref="Count"/>][<see cref="Elements"/>].</summary>
    /// <exception cref="InvalidOperationException">The values are <see cref="float"/>.</exception>
    public ReadOnlySpan<int> Ints => IsInt ? _ints.Span : throw WrongType("float", "int");

    /// <summary>A column over <paramref name="values"/>, which are not copied.</summary>
    /// <param name="values">[sample][element].</param>
    /// <param name="elements">The number of values of one sample, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elements"/> is less than one.</exception>
    /// <exception cref="ArgumentException">The values are not a whole number of samples.</exception>
    public static DatasetColumn FromFloats(ReadOnlyMemory<float> values, int elements = 1)
    {
        CheckLength(values.Length, elements);
        return new(values, default, isInt: false, elements);
    }

    /// <inheritdoc cref="FromFloats"/>
    public static DatasetColumn FromInts(ReadOnlyMemory<int> values, int elements = 1)
    {
        CheckLength(values.Length, elements);
        return new(default, values, isInt: true, elements);
    }

    /// <summary>
    /// A class of each sample as <paramref name="classes"/> numbers, one where the class is and zero elsewhere: the targets
    /// of losses that compare probabilities, such as <c>BinaryCrossEntropy</c> and <c>MeanSquaredError</c>.
    /// </summary>
    /// <param name="labels">A class of each sample, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes, or a label is none of them.</exception>
    public static DatasetColumn OneHot(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var values = new float[checked(labels.Length * classes)];
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[row], $"The label of sample {row} is {labels[row]}; expected 0 … {classes - 1}.");
            }

            values[(row * classes) + labels[row]] = 1f;
        }

        return FromFloats(values, classes);
    }

    /// <summary>The samples <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1, over the same memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all there.</exception>
    public DatasetColumn Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return IsInt
            ? new(default, _ints.Slice(start * Elements, count * Elements), isInt: true, Elements)
            : new(_floats.Slice(start * Elements, count * Elements), default, isInt: false, Elements);
    }

    /// <summary>A copy of the given samples in the given order.</summary>
    /// <param name="rows">Positions of samples; one may occur several times.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is not in the column.</exception>
    public DatasetColumn Select(ReadOnlySpan<int> rows) =>
        IsInt ? FromInts(Gather(_ints.Span, rows), Elements) : FromFloats(Gather(_floats.Span, rows), Elements);

    private T[] Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var gathered = new T[checked(rows.Length * Elements)];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), rows[i], $"Row {rows[i]} at position {i} is not in the column; expected 0 … {Count - 1}.");
            }

            values.Slice(rows[i] * Elements, Elements).CopyTo(gathered.AsSpan(i * Elements));
        }

        return gathered;
    }

    private static void CheckLength(int length, int elements)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(elements, 1);
        if (length % elements != 0)
        {
            throw new ArgumentException($"{length} values are not a whole number of samples of {elements} values each.", "values");
        }
    }

    private static InvalidOperationException WrongType(string found, string expected) =>
        new($"The column holds {found} values; {expected} values were asked for.");
}
