namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Bilinear enlargement of an image with pixels as areas: the place p of the result lies at (p + ½)/scale − ½ of the input,
/// held at least 0, between ⌊·⌋ and the pixel after it, of which the last goes on.
/// </summary>
internal sealed class BilinearOracle(OracleType input, int scaleHeight, int scaleWidth)
    : OracleLayer(input, input with { Extents = [input.Extents[0], input.Extents[1] * scaleHeight, input.Extents[2] * scaleWidth] })
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        ForEachProduct((from, to, weight) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                y[sample][to] += weight * x[sample][from];
            }
        });
        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        ForEachProduct((from, to, weight) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                dx[sample][from] += weight * dy[sample][to];
            }
        });
        return dx;
    }

    private void ForEachProduct(Action<int, int, double> visit)
    {
        foreach (var place in Places.All(Output.Extents))
        {
            var to = Places.Index(place, Output.Extents);
            foreach (var (row, rowWeight) in Sources(place[1], scaleHeight, Input.Extents[1]))
            {
                foreach (var (column, columnWeight) in Sources(place[2], scaleWidth, Input.Extents[2]))
                {
                    visit(Places.Index([place[0], row, column], Input.Extents), to, rowWeight * columnWeight);
                }
            }
        }
    }

    private static (int Place, double Weight)[] Sources(int place, int scale, int extent)
    {
        var source = Math.Max(((place + 0.5) / scale) - 0.5, 0);
        var first = (int)source;
        return [(first, 1 - (source - first)), (Math.Min(first + 1, extent - 1), source - first)];
    }
}
