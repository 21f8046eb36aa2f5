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
        var links = Links();
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, output) = (x[sample], y[sample]);
            foreach (var (x0, y0, w0) in Planes())
            {
                foreach (var (source, tap, target) in links)
                {
                    output[y0 + target] += weight[w0 + tap] * input[x0 + source];
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
            var places = Output.Count / filters;
            foreach (var row in dy)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    biasGradient[i / places] += row[i];
                }
            }
        }

        var links = Links();
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (input, inputSlopes, slopes) = (x[sample], dx[sample], dy[sample]);
            foreach (var (x0, y0, w0) in Planes())
            {
                foreach (var (source, tap, target) in links)
                {
                    weightGradient[w0 + tap] += slopes[y0 + target] * input[x0 + source];
                    inputSlopes[x0 + source] += slopes[y0 + target] * weight[w0 + tap];
                }
            }
        }

        return dx;
    }

    /// <summary>Where the planes of x, y and w begin, for every channel and filter that belong together.</summary>
    private IEnumerable<(int X, int Y, int W)> Planes()
    {
        var (channelsPerGroup, filtersPerGroup) = (Input.Extents[0] / groups, filters / groups);
        var (inputs, outputs, taps) = (Input.Count / Input.Extents[0], Output.Count / filters, Places.Count(axes.Select(axis => axis.Kernel)));
        for (var channel = 0; channel < Input.Extents[0]; channel++)
        {
            for (var o = 0; o < filtersPerGroup; o++)
            {
                var filter = (channel / channelsPerGroup * filtersPerGroup) + o;
                yield return (channel * inputs, filter * outputs, ((channel * filtersPerGroup) + o) * taps);
            }
        }
    }

    /// <summary>Which output place each input place adds to with each tap, within a plane, all row-major.</summary>
    private (int Source, int Tap, int Target)[] Links()
    {
        int[] inputs = [.. axes.Select(axis => axis.In)];
        int[] outputs = [.. axes.Select(axis => axis.Out)];
        int[] kernel = [.. axes.Select(axis => axis.Kernel)];
        var links = new List<(int, int, int)>();
        foreach (var source in Places.All(inputs))
        {
            foreach (var tap in Places.All(kernel))
            {
                int[] target = [.. axes.Select((axis, a) => (source[a] * axis.Stride) + (tap[a] * axis.Dilation) - axis.Cut)];
                if (target.Zip(outputs).All(place => place.First >= 0 && place.First < place.Second))
                {
                    links.Add((Places.Index(source, inputs), Places.Index(tap, kernel), Places.Index(target, outputs)));
                }
            }
        }

        return [.. links];
    }
}
