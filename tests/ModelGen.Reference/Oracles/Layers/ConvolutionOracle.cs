namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Cross-correlation over any number of spatial axes, channels first, in groups:
/// y[o, p] = b_o + Σ over the channels i of o's group and taps k of w[o, i, k] · x[i, p·stride + k·dilation − padding];
/// weights (filters, channels / groups, kernel…).
/// </summary>
internal sealed class ConvolutionOracle(OracleType input, int filters, int groups, bool useBias, SlidingWindow window) : OracleLayer(
    input,
    input with { Extents = [filters, .. window.OutputExtents] },
    [
        new OracleParameter("weight", [filters, input.Extents[0] / groups, .. window.Kernel]),
        .. useBias ? new[] { new OracleParameter("bias", [filters]) } : [],
    ])
{
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
                    row[i] = bias[i / window.Outputs];
                }
            }
        }

        ForEachProduct((xi, yi, wi) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                y[sample][yi] += weight[wi] * x[sample][xi];
            }
        });
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
                    biasGradient[i / window.Outputs] += row[i];
                }
            }
        }

        ForEachProduct((xi, yi, wi) =>
        {
            for (var sample = 0; sample < x.Length; sample++)
            {
                weightGradient[wi] += dy[sample][yi] * x[sample][xi];
                dx[sample][xi] += dy[sample][yi] * weight[wi];
            }
        });
        return dx;
    }

    /// <summary>Hands out the positions in x, y and w of every product of one sample.</summary>
    private void ForEachProduct(Action<int, int, int> visit)
    {
        var (inputsPerGroup, filtersPerGroup) = (Input.Extents[0] / groups, filters / groups);
        for (var filter = 0; filter < filters; filter++)
        {
            for (var i = 0; i < inputsPerGroup; i++)
            {
                var channel = (filter / filtersPerGroup * inputsPerGroup) + i;
                for (var place = 0; place < window.Outputs; place++)
                {
                    for (var tap = 0; tap < window.Taps; tap++)
                    {
                        var source = window.Source(place, tap);
                        if (source >= 0)
                        {
                            visit(
                                (channel * window.Inputs) + source,
                                (filter * window.Outputs) + place,
                                (((filter * inputsPerGroup) + i) * window.Taps) + tap);
                        }
                    }
                }
            }
        }
    }
}
