namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// The maximum or mean over windows of each channel. Padding never is the maximum; it counts as zero in a mean, whose
/// divisor is the size of the window. Of equal maxima the first, in row-major order, gets the gradient.
/// </summary>
internal sealed class PoolingOracle(OracleType input, OracleType output, bool maximum, SlidingWindow window) : OracleLayer(input, output)
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        ForEachWindow((output, sources) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                y[sample][output] = maximum ? x[sample][First(x[sample], sources)] : sources.Sum(place => x[sample][place]) / window.Taps;
            }
        });
        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        ForEachWindow((output, sources) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                if (maximum)
                {
                    dx[sample][First(x[sample], sources)] += dy[sample][output];
                    continue;
                }

                foreach (var place in sources)
                {
                    dx[sample][place] += dy[sample][output] / window.Taps;
                }
            }
        });
        return dx;
    }

    /// <summary>The first place of the largest element.</summary>
    private static int First(double[] row, List<int> sources)
    {
        var best = sources[0];
        foreach (var place in sources)
        {
            best = row[place] > row[best] ? place : best;
        }

        return best;
    }

    private void ForEachWindow(Action<int, List<int>> visit)
    {
        for (var channel = 0; channel < Input.Extents[0]; channel++)
        {
            for (var place = 0; place < window.Outputs; place++)
            {
                var sources = new List<int>();
                for (var tap = 0; tap < window.Taps; tap++)
                {
                    if (window.Source(place, tap) is >= 0 and var source)
                    {
                        sources.Add((channel * window.Inputs) + source);
                    }
                }

                visit((channel * window.Outputs) + place, sources);
            }
        }
    }
}
