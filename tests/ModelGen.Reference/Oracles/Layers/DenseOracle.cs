namespace ModelGen.Reference.Oracles.Layers;

/// <summary>y_u = Σ_f w[u, f] · x_f + b_u over the features at every place; weights (units, features), or those of the layer they are tied to.</summary>
internal sealed class DenseOracle(OracleType input, int units, bool useBias, OracleLayer? tied = null) : OracleLayer(
    input,
    input.With(input.ChannelAxis, units),
    [
        .. tied is null ? new[] { new OracleParameter("weight", [units, input.Extents[input.ChannelAxis]]) } : [],
        .. useBias ? new[] { new OracleParameter("bias", [units]) } : [],
    ])
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var weight = pass.Parameter(tied ?? this, "weight");
        var bias = useBias ? pass.Parameter(this, "bias") : new double[units];
        var (from, to) = (Input.ChannelLines, Output.ChannelLines);
        var y = Zeros(x.Length, Output);
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var line = 0; line < from.Count; line++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    var sum = bias[unit];
                    for (var feature = 0; feature < from.Length; feature++)
                    {
                        sum += weight[(unit * from.Length) + feature] * x[sample][from.Index(line, feature)];
                    }

                    y[sample][to.Index(line, unit)] = sum;
                }
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var weight = pass.Parameter(tied ?? this, "weight");
        var weightGradient = pass.Gradient(tied ?? this, "weight");
        var biasGradient = useBias ? pass.Gradient(this, "bias") : new double[units];
        var (from, to) = (Input.ChannelLines, Output.ChannelLines);
        var dx = Zeros(x.Length, Input);
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var line = 0; line < from.Count; line++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    var outer = dy[sample][to.Index(line, unit)];
                    biasGradient[unit] += outer;
                    for (var feature = 0; feature < from.Length; feature++)
                    {
                        var place = from.Index(line, feature);
                        weightGradient[(unit * from.Length) + feature] += outer * x[sample][place];
                        dx[sample][place] += outer * weight[(unit * from.Length) + feature];
                    }
                }
            }
        }

        return dx;
    }
}
