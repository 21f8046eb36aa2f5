namespace ModelGen.Tests.Numeric;

/// <summary>
/// A batch for one input or loss of a model that is only known once it is compiled: fits a parameter of floats and one of
/// integers.
/// </summary>
public readonly struct NumericData
{
    private readonly float[] _floats;
    private readonly int[] _ints;
    private readonly int[] _counts;
    private readonly int[] _boxes;

    /// <summary>All samples one after the other.</summary>
    public NumericData(IEnumerable<double[]> rows)
    {
        double[][] all = [.. rows];
        var elements = all.SelectMany(row => row).ToArray();
        _counts = [.. all.Select(row => row.Length)];
        _boxes = [.. all.Select(row => row.Length / 5)];
        _floats = [.. elements.Select(element => (float)element)];
        _ints = [.. elements.Select(element => (int)element)];
    }

    /// <summary>Labels of which each sample has a number of its own.</summary>
    public NumericData(int[] labels, int[] counts)
        : this([.. labels.Select(label => (float)label)], labels, counts)
    {
    }

    private NumericData(float[] floats, int[] ints, int[] counts)
    {
        _floats = floats;
        _ints = ints;
        _counts = counts;
        _boxes = counts;
    }

    /// <summary>Boxes of five numbers each, of which each sample has a number of its own.</summary>
    public NumericData(float[] boxes, int[] counts)
        : this(boxes, [], counts)
    {
    }

    /// <summary>The same with a number wherever a sample goes beyond its length.</summary>
    public NumericData Padded(ReadOnlySpan<int> lengths, int steps, double padding)
    {
        var (floats, ints) = (_floats.ToArray(), _ints.ToArray());
        var elements = floats.Length / lengths.Length;
        for (var i = 0; i < floats.Length; i++)
        {
            if (i % elements / (elements / steps) >= lengths[i / elements])
            {
                floats[i] = (float)padding;
                ints[i] = (int)padding;
            }
        }

        return new NumericData(floats, ints, _counts);
    }

    /// <summary>The integers as a column of a data set.</summary>
    public DatasetColumn IntColumn(int elements) => DatasetColumn.FromInts(_ints, elements);

    /// <summary>The floats as a column of a data set.</summary>
    public DatasetColumn FloatColumn(int elements) => DatasetColumn.FromFloats(_floats, elements);

    /// <summary>The numbers of each sample, for labels of which each has a number of its own.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The boxes of each sample, of five numbers each.</summary>
    public ReadOnlySpan<int> Boxes => _boxes;

    public static implicit operator ReadOnlySpan<float>(NumericData data) => data._floats;

    public static implicit operator ReadOnlySpan<int>(NumericData data) => data._ints;
}
