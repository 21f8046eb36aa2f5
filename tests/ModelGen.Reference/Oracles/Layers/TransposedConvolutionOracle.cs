namespace ModelGen.Reference.Oracles.Layers;

/// <summary>One axis of a transposed convolution: input place q and tap k add to output place q·stride + k·dilation − cut.</summary>
internal sealed record TransposedAxis(int In, int Out, int Kernel, int Stride, int Dilation, int Cut)
{
    /// <summary>An axis of (in − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1 places; with Pad.Same of in·stride.</summary>
    public static TransposedAxis Create(int extent, int kernel, int stride, int dilation, int padding, int outputPadding)
    {
        var whole = ((extent - 1) * stride) + (dilation * (kernel - 1)) + 1;
        return padding == Pad.Same
            ? new TransposedAxis(extent, extent * stride, kernel, stride, dilation, Math.Max(whole - (extent * stride), 0) / 2)
            : new TransposedAxis(extent, whole - (2 * padding) + outputPadding, kernel, stride, dilation, padding);
    }
}

/// <summary>
/// Transposed convolution over any number of spatial axes, channels first, in groups: y = b_o, and every x[i, q] adds
/// w[i, o, k] · x[i, q] to y[o, q·stride + k·dilation − cut] for the filters o of i's group; weights (channels, filters / groups, kernel…).
/// </summary>
internal sealed class TransposedConvolutionOracle(OracleType input, int filters, int groups, bool useBias, TransposedAxis[] axes) : OracleLayer(
    input,
    input with { Extents = [filters, .. axes.Select(axis => axis.Out)] },
    [
        new OracleParameter("weight", [input.Extents[0], filters / groups, .. axes.Select(axis => axis.Kernel)]),
        .. useBias ? new[] { new OracleParameter("bias", [filters]) } : [],
    ])
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var bias = useBias ? pass.Parameter(this, "bias") : new double[filters];
        var places = Output.Count / filters;
        double[][] y = [.. x.Select(_ => Enumerable.Range(0, Output.Count).Select(i => bias[i / places]).ToArray())];
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
            var places = Output.Count / filters;
            foreach (var row in dy)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    biasGradient[i / places] += row[i];
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
        var (channelsPerGroup, filtersPerGroup) = (Input.Extents[0] / groups, filters / groups);
        int[] kernel = [.. axes.Select(axis => axis.Kernel)];
        foreach (var source in Places.All(Input.Extents))
        {
            var x = Places.Index(source, Input.Extents);
            foreach (var tap in Places.All(kernel))
            {
                int[] target = [.. axes.Select((axis, a) => (source[a + 1] * axis.Stride) + (tap[a] * axis.Dilation) - axis.Cut)];
                if (axes.Where((axis, a) => target[a] < 0 || target[a] >= axis.Out).Any())
                {
                    continue;
                }

                for (var o = 0; o < filtersPerGroup; o++)
                {
                    var filter = (source[0] / channelsPerGroup * filtersPerGroup) + o;
                    visit(x, Places.Index([filter, .. target], Output.Extents), Places.Index([source[0], o, .. tap], Parameters[0].Extents));
                }
            }
        }
    }
}
