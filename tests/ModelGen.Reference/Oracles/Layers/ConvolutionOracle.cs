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

        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, output) = (x[sample], y[sample]);
            foreach (var (x0, y0, w0) in Planes())
            {
                foreach (var (place, tap, source) in window.Links)
                {
                    output[y0 + place] += weight[w0 + tap] * input[x0 + source];
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
                    biasGradient[i / window.Outputs] += row[i];
                }
            }
        }

        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, inputSlopes, slopes) = (x[sample], dx[sample], dy[sample]);
            foreach (var (x0, y0, w0) in Planes())
            {
                foreach (var (place, tap, source) in window.Links)
                {
                    weightGradient[w0 + tap] += slopes[y0 + place] * input[x0 + source];
                    inputSlopes[x0 + source] += slopes[y0 + place] * weight[w0 + tap];
                }
            }
        }

        return dx;
    }

    /// <summary>Where the planes of x, y and w begin, for every filter and channel that belong together.</summary>
    private IEnumerable<(int X, int Y, int W)> Planes()
    {
        var (inputsPerGroup, filtersPerGroup) = (Input.Extents[0] / groups, filters / groups);
        for (var filter = 0; filter < filters; filter++)
        {
            for (var i = 0; i < inputsPerGroup; i++)
            {
                var channel = (filter / filtersPerGroup * inputsPerGroup) + i;
                yield return (channel * window.Inputs, filter * window.Outputs, ((filter * inputsPerGroup) + i) * window.Taps);
            }
        }
    }
}
