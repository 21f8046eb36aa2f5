namespace ModelGen.Reference.Oracles.Layers.Recurrent;

/// <summary>
/// One step of a recurrent layer and its gradient, by the formula of its paper: G gates of <paramref name="units"/> units, a
/// state h of <paramref name="state"/> numbers, perhaps a cell c.
/// </summary>
internal abstract class RecurrentCell(int features, int units, int state, int gates, int cell, params OracleParameter[] further)
{
    protected int Units { get; } = units;

    /// <summary>The numbers of h.</summary>
    public int State { get; } = state;

    /// <summary>The numbers of c; zero where there is none.</summary>
    public int Cell { get; } = cell;

    /// <summary>The parameters of one direction, in PyTorch's order and with its names but for the direction's suffix.</summary>
    public IReadOnlyList<OracleParameter> Parameters { get; } =
    [
        new("weight_ih_l0", [gates * units, features]),
        new("weight_hh_l0", [gates * units, state]),
        new("bias_ih_l0", [gates * units]),
        new("bias_hh_l0", [gates * units]),
        .. further,
    ];

    /// <summary>The state after a step.</summary>
    public abstract CellState Forward(double[] x, CellState before, Func<string, double[]> parameter);

    /// <summary>
    /// The gradients of x and of the state before, for those of the state after; adds the parameters' to what
    /// <paramref name="gradient"/> gives.
    /// </summary>
    public abstract (double[] X, CellState Before) Backward(
        double[] x, CellState before, CellState slopes, Func<string, double[]> parameter, Func<string, double[]> gradient);

    /// <summary>The rows of one gate of W·v + b.</summary>
    protected double[] Gate(int gate, double[] weight, double[] bias, double[] v) =>
        [.. Enumerable.Range(gate * Units, Units).Select(row => bias[row] + Dot(weight, row, v))];

    /// <summary>Gate k of W_ih·x + b_ih + W_hh·h + b_hh.</summary>
    protected double[] Gate(int gate, double[] x, double[] h, Func<string, double[]> parameter) => Sum(
        Gate(gate, parameter("weight_ih_l0"), parameter("bias_ih_l0"), x), Gate(gate, parameter("weight_hh_l0"), parameter("bias_hh_l0"), h));

    /// <summary>The gradient of W·v + b, the rows of one gate, for the gradient <paramref name="outer"/> of the result: adds to those of W, b and v.</summary>
    protected void GateBackward(int gate, double[] outer, double[] weight, double[] v, double[] weightSlopes, double[] biasSlopes, double[] slopes)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            var row = (gate * Units) + unit;
            biasSlopes[row] += outer[unit];
            for (var column = 0; column < v.Length; column++)
            {
                weightSlopes[(row * v.Length) + column] += outer[unit] * v[column];
                slopes[column] += outer[unit] * weight[(row * v.Length) + column];
            }
        }
    }

    /// <summary>The gradient of gate k of W_ih·x + b_ih + W_hh·h + b_hh.</summary>
    protected void GateBackward(
        int gate, double[] outer, double[] x, double[] h, double[] dx, double[] dh, Func<string, double[]> parameter, Func<string, double[]> gradient)
    {
        GateBackward(gate, outer, parameter("weight_ih_l0"), x, gradient("weight_ih_l0"), gradient("bias_ih_l0"), dx);
        GateBackward(gate, outer, parameter("weight_hh_l0"), h, gradient("weight_hh_l0"), gradient("bias_hh_l0"), dh);
    }

    protected static double Dot(double[] matrix, int row, double[] v)
    {
        var sum = 0.0;
        for (var column = 0; column < v.Length; column++)
        {
            sum += matrix[(row * v.Length) + column] * v[column];
        }

        return sum;
    }

    protected static double[] Each(Func<int, double> element, int count) => [.. Enumerable.Range(0, count).Select(element)];

    protected static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}

/// <summary>What a recurrent layer carries from one step to the next: h, and a cell c of which some have none.</summary>
internal sealed record CellState(double[] H, double[] C)
{
    public static CellState Zero(RecurrentCell cell) => new(new double[cell.State], new double[cell.Cell]);

    /// <summary>h and c one after the other.</summary>
    public double[] Flat => [.. H, .. C];
}
