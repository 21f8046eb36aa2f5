namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Group normalisation (Wu and He 2018): y_i = w_c (x_i − μ) / √(σ² + ε) + b_c with c the channel of i, and the mean and biased
/// variance of all elements of c's group of one sample.
/// </summary>
internal sealed class GroupNormOracle(OracleType input, int groups, double epsilon) : OracleLayer(
    input,
    input,
    new OracleParameter("weight", [input.Extents[0]]),
    new OracleParameter("bias", [input.Extents[0]]))
{
    private int Places => Input.Count / Input.Extents[0];

    private int Members => Input.Count / groups;

    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var (weight, bias) = (pass.Parameter(this, "weight"), pass.Parameter(this, "bias"));
        return [.. x.Select(row => Normalised(row).Values.Select((value, i) => (weight[i / Places] * value) + bias[i / Places]).ToArray())];
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var (weightGradient, biasGradient) = (pass.Gradient(this, "weight"), pass.Gradient(this, "bias"));
        var dx = Zeros(x.Length, Input);
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (values, deviations) = Normalised(x[sample]);
            var inner = dy[sample].Select((slope, i) => slope * weight[i / Places]).ToArray();
            for (var i = 0; i < inner.Length; i++)
            {
                weightGradient[i / Places] += dy[sample][i] * values[i];
                biasGradient[i / Places] += dy[sample][i];
            }

            for (var group = 0; group < groups; group++)
            {
                var range = Enumerable.Range(group * Members, Members).ToArray();
                var innerMean = range.Average(i => inner[i]);
                var productMean = range.Average(i => inner[i] * values[i]);
                foreach (var i in range)
                {
                    dx[sample][i] = (inner[i] - innerMean - (values[i] * productMean)) / deviations[group];
                }
            }
        }

        return dx;
    }

    private (double[] Values, double[] Deviations) Normalised(double[] row)
    {
        var (values, deviations) = (new double[row.Length], new double[groups]);
        for (var group = 0; group < groups; group++)
        {
            var members = row.Skip(group * Members).Take(Members).ToArray();
            var mean = members.Average();
            deviations[group] = Math.Sqrt(members.Average(value => (value - mean) * (value - mean)) + epsilon);
            for (var i = 0; i < members.Length; i++)
            {
                values[(group * Members) + i] = (members[i] - mean) / deviations[group];
            }
        }

        return (values, deviations);
    }
}
