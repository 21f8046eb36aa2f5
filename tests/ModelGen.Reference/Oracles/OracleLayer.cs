namespace ModelGen.Reference.Oracles;

/// <summary>A parameter or statistic: the name within its layer, the extents, whether it is saved but not trained.</summary>
internal sealed record OracleParameter(string Name, int[] Extents, bool IsStatistic = false)
{
    /// <summary>The number of elements.</summary>
    public int Count => Places.Count(Extents);
}

/// <summary>
/// A layer as its textbook formula in double precision, forward and backward, written by hand and independent of the
/// compiler. Values are [sample][element], elements in row-major order.
/// </summary>
internal abstract class OracleLayer
{
    protected OracleLayer(OracleType input, OracleType output, params OracleParameter[] parameters)
    {
        Input = input;
        Output = output;
        Parameters = parameters;
    }

    /// <summary>The name in the model, such as <c>conv2d_1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The type of what it takes.</summary>
    public OracleType Input { get; }

    /// <summary>The type of what it makes.</summary>
    public OracleType Output { get; }

    /// <summary>Its parameters, then its statistics, in the order they are saved in.</summary>
    public IReadOnlyList<OracleParameter> Parameters { get; }

    /// <summary>The name of one of its parameters in the model, such as <c>conv2d_1.weight</c>.</summary>
    public string FullName(string parameter) => Name + "." + parameter;

    /// <summary>The result for a batch.</summary>
    public abstract double[][] Forward(double[][] x, OraclePass pass);

    /// <summary>
    /// The gradient of the input for the gradient <paramref name="dy"/> of the result <paramref name="y"/>; adds those of the
    /// parameters to <paramref name="pass"/>.
    /// </summary>
    public abstract double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass);

    /// <summary>A batch of zeros of a type.</summary>
    protected static double[][] Zeros(int samples, OracleType type)
    {
        var rows = new double[samples][];
        for (var sample = 0; sample < samples; sample++)
        {
            rows[sample] = new double[type.Count];
        }

        return rows;
    }
}
