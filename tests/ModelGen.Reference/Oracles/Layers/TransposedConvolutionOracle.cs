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
internal sealed class TransposedConvolutionOracle(OracleType input, int filters, int groups, bool useBias, TransposedAxis[] axes) : PlanarProductOracle(
    input,
    input with { Extents = [filters, .. axes.Select(axis => axis.Out)] },
    useBias,
    new OracleParameter("weight", [input.Extents[0], filters / groups, .. axes.Select(axis => axis.Kernel)]))
{
    protected override IEnumerable<(int X, int Y, int W)> Planes
    {
        get
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
    }

    protected override IEnumerable<(int X, int Y, int W)> Links
    {
        get
        {
            int[] inputs = [.. axes.Select(axis => axis.In)];
            int[] outputs = [.. axes.Select(axis => axis.Out)];
            int[] kernel = [.. axes.Select(axis => axis.Kernel)];
            foreach (var source in Places.All(inputs))
            {
                foreach (var tap in Places.All(kernel))
                {
                    int[] target = [.. axes.Select((axis, a) => (source[a] * axis.Stride) + (tap[a] * axis.Dilation) - axis.Cut)];
                    if (target.Zip(outputs).All(place => place.First >= 0 && place.First < place.Second))
                    {
                        yield return (Places.Index(source, inputs), Places.Index(target, outputs), Places.Index(tap, kernel));
                    }
                }
            }
        }
    }
}
