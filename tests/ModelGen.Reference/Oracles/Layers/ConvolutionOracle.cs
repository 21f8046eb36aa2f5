namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Cross-correlation over any number of spatial axes, channels first, in groups:
/// y[o, p] = b_o + Σ over the channels i of o's group and taps k of w[o, i, k] · x[i, p·stride + k·dilation − padding];
/// weights (filters, channels / groups, kernel…).
/// </summary>
internal sealed class ConvolutionOracle(OracleType input, int filters, int groups, bool useBias, SlidingWindow window) : PlanarProductOracle(
    input,
    input with { Extents = [filters, .. window.OutputExtents] },
    useBias,
    new OracleParameter("weight", [filters, input.Extents[0] / groups, .. window.Kernel]))
{
    protected override IEnumerable<(int X, int Y, int W)> Planes
    {
        get
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

    protected override IEnumerable<(int X, int Y, int W)> Links =>
        from place in Enumerable.Range(0, window.Outputs)
        from tap in Enumerable.Range(0, window.Taps)
        let source = window.Source(place, tap)
        where source >= 0
        select (source, place, tap);
}
