namespace ModelGen.Tests.Numeric;

/// <summary>
/// A batch for one input or loss of a model that is only known once it is compiled: fits a parameter of floats and one of
/// integers.
/// </summary>
public readonly struct NumericData
{
    private readonly float[] _floats;
    private readonly int[] _ints;

    /// <summary>All samples one after the other.</summary>
    public NumericData(IEnumerable<double[]> rows)
    {
        var elements = rows.SelectMany(row => row).ToArray();
        _floats = [.. elements.Select(element => (float)element)];
        _ints = [.. elements.Select(element => (int)element)];
    }

    public static implicit operator ReadOnlySpan<float>(NumericData data) => data._floats;

    public static implicit operator ReadOnlySpan<int>(NumericData data) => data._ints;
}
