namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// A layer that adds, for every plane of the input that belongs to a plane of the output and every link between their places, a
/// weight times the place of the input: y[o, q] = b_o + Σ w[o, i, k] · x[i, p]. Which belong together is what convolutions differ in.
/// </summary>
internal abstract class PlanarProductOracle(OracleType input, OracleType output, bool useBias, OracleParameter weight) : OracleLayer(
    input,
    output,
    [weight, .. useBias ? new[] { new OracleParameter("bias", [output.Extents[0]]) } : []])
{
    /// <summary>Where planes of x, y and w begin that belong together.</summary>
    protected abstract IEnumerable<(int X, int Y, int W)> Planes { get; }

    /// <summary>The places of x, of y and of the window that belong together, within planes, all row-major.</summary>
    protected abstract IEnumerable<(int X, int Y, int W)> Links { get; }

    private int PlacesOfPlane => Output.Count / Output.Extents[0];

    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var y = Zeros(x.Length, Output);
        if (useBias)
        {
            var bias = pass.Parameter(this, "bias");
            foreach (var row in y)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = bias[i / PlacesOfPlane];
                }
            }
        }

        (int X, int Y, int W)[] links = [.. Links];
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, output) = (x[sample], y[sample]);
            foreach (var plane in Planes)
            {
                foreach (var link in links)
                {
                    output[plane.Y + link.Y] += weight[plane.W + link.W] * input[plane.X + link.X];
                }
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var weightGradient = pass.Gradient(this, "weight");
        var dx = Zeros(x.Length, Input);
        if (useBias)
        {
            var biasGradient = pass.Gradient(this, "bias");
            foreach (var row in dy)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    biasGradient[i / PlacesOfPlane] += row[i];
                }
            }
        }

        (int X, int Y, int W)[] links = [.. Links];
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, inputSlopes, slopes) = (x[sample], dx[sample], dy[sample]);
            foreach (var plane in Planes)
            {
                foreach (var link in links)
                {
                    weightGradient[plane.W + link.W] += slopes[plane.Y + link.Y] * input[plane.X + link.X];
                    inputSlopes[plane.X + link.X] += slopes[plane.Y + link.Y] * weight[plane.W + link.W];
                }
            }
        }

        return dx;
    }
}
