namespace ModelGen;

/// <summary>
/// One input or one kind of label of every sample of a <see cref="Dataset"/>: [sample][element], the samples one after
/// another in memory. Its values are either <see cref="float"/> (inputs, targets) or <see cref="int"/> (classes, token ids). Of
/// transcripts and boxes each sample has a number of its own.
/// </summary>
public sealed class DatasetColumn
{
    private readonly ReadOnlyMemory<float> _floats;
    private readonly ReadOnlyMemory<int> _ints;
    private readonly ReadOnlyMemory<int> _counts;
    private readonly int[] _starts = [];

    private DatasetColumn(ReadOnlyMemory<float> floats, ReadOnlyMemory<int> ints, bool isInt, int elements)
    {
        _floats = floats;
        _ints = ints;
        IsInt = isInt;
        Elements = elements;
        Count = (isInt ? ints.Length : floats.Length) / elements;
    }

    private DatasetColumn(ReadOnlyMemory<float> floats, ReadOnlyMemory<int> ints, bool isInt, int elements, ReadOnlyMemory<int> counts)
        : this(floats, ints, isInt, elements)
    {
        _counts = counts;
        IsCounted = true;
        var groups = Count;
        Count = counts.Length;
        _starts = new int[counts.Length + 1];
        var start = 0L;
        for (var row = 0; row < counts.Length; row++)
        {
            var count = counts.Span[row];
            if (count < 0)
            {
                throw new ArgumentException($"Sample {row} has {count} groups of values; expected at least 0.", nameof(counts));
            }

            start += count;
            if (start > groups)
            {
                break;
            }

            _starts[row + 1] = (int)start;
        }

        if (start != groups)
        {
            throw new ArgumentException($"There are {groups} groups of {elements} values; expected as many as the counts together say.", nameof(counts));
        }
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of values of one sample, at least one; where samples have a number of groups of their own, of one group.</summary>
    public int Elements { get; }

    /// <summary>Whether each sample has a number of groups of values of its own, as transcripts and boxes have.</summary>
    public bool IsCounted { get; }

    /// <summary>How many groups of <see cref="Elements"/> values each sample has; empty where all have one.</summary>
    public ReadOnlySpan<int> Counts => _counts.Span;

    /// <summary>The first group of each sample, and behind them the number of all; empty where all have one.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>Whether the values are <see cref="int"/>; otherwise they are <see cref="float"/>.</summary>
    public bool IsInt { get; }

    /// <summary>All values, [<see cref="Count"/>][<see cref="Elements"/>], or the groups of all samples, one after another.</summary>
    /// <exception cref="InvalidOperationException">The values are <see cref="int"/>.</exception>
    public ReadOnlySpan<float> Floats => IsInt ? throw WrongType("int", "float") : _floats.Span;

    /// <summary>All values, [<see cref="Count"/>][<see cref="Elements"/>], or the groups of all samples, one after another.</summary>
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
    /// A column over <paramref name="values"/>, which are not copied, of which each sample has a number of its own: the transcripts
    /// of <c>CTC</c>.
    /// </summary>
    /// <param name="values">The values of all samples, one sample's after the other's.</param>
    /// <param name="counts">How many groups of values each sample has; not copied, and not to be changed.</param>
    /// <param name="elements">The number of values of a group, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elements"/> is less than one.</exception>
    /// <exception cref="ArgumentException">The values are not as many as the counts say.</exception>
    public static DatasetColumn FromCounted(ReadOnlyMemory<int> values, ReadOnlyMemory<int> counts, int elements = 1)
    {
        CheckLength(values.Length, elements);
        return new(default, values, isInt: true, elements, counts);
    }

    /// <inheritdoc cref="FromCounted(ReadOnlyMemory{int}, ReadOnlyMemory{int}, int)"/>
    public static DatasetColumn FromCounted(ReadOnlyMemory<float> values, ReadOnlyMemory<int> counts, int elements)
    {
        CheckLength(values.Length, elements);
        return new(values, default, isInt: false, elements, counts);
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
        if (IsCounted)
        {
            var counts = _counts.Slice(start, count);
            var (first, groups) = (_starts[start], _starts[start + count] - _starts[start]);
            return IsInt
                ? FromCounted(_ints.Slice(first * Elements, groups * Elements), counts, Elements)
                : FromCounted(_floats.Slice(first * Elements, groups * Elements), counts, Elements);
        }

        return IsInt
            ? new(default, _ints.Slice(start * Elements, count * Elements), isInt: true, Elements)
            : new(_floats.Slice(start * Elements, count * Elements), default, isInt: false, Elements);
    }

    /// <summary>A copy of the given samples in the given order.</summary>
    /// <param name="rows">Positions of samples; one may occur several times.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is not in the column.</exception>
    public DatasetColumn Select(ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), rows[i], $"Row {rows[i]} at position {i} is not in the column; expected 0 … {Count - 1}.");
            }
        }

        if (IsCounted)
        {
            var counts = new int[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                counts[i] = _counts.Span[rows[i]];
            }

            return IsInt ? FromCounted(Gather(_ints.Span, rows), counts, Elements) : FromCounted(Gather(_floats.Span, rows), counts, Elements);
        }

        return IsInt ? FromInts(Gather(_ints.Span, rows), Elements) : FromFloats(Gather(_floats.Span, rows), Elements);
    }

    private T[] Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var length = 0;
        foreach (var row in rows)
        {
            length = checked(length + Range(row).Length);
        }

        var gathered = new T[length];
        var next = 0;
        foreach (var row in rows)
        {
            var (start, count) = Range(row);
            values.Slice(start, count).CopyTo(gathered.AsSpan(next));
            next += count;
        }

        return gathered;
    }

    /// <summary>The values of a sample: the first and how many.</summary>
    private (int Start, int Length) Range(int row) =>
        IsCounted ? (_starts[row] * Elements, _counts.Span[row] * Elements) : (row * Elements, Elements);

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
