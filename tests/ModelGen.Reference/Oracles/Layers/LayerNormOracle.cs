namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016): y_i = w_i (x_i − μ) / √(σ² + ε) + b_i with the mean and biased variance of
/// all of a sample, or of each step of a sequence.
/// </summary>
internal sealed class LayerNormOracle(OracleType input, double epsilon) : OracleLayer(
    input,
    input,
    new OracleParameter("weight", Normalised(input)),
    new OracleParameter("bias", Normalised(input)))
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var (weight, bias) = (pass.Parameter(this, "weight"), pass.Parameter(this, "bias"));
        var y = Zeros(x.Length, Output);
        ForEachGroup(x, (sample, members) =>
        {
            var (mean, deviation) = Moments(x[sample], members);
            for (var i = 0; i < members.Length; i++)
            {
                y[sample][members[i]] = (weight[i] * (x[sample][members[i]] - mean) / deviation) + bias[i];
            }
        });
        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var (weightGradient, biasGradient) = (pass.Gradient(this, "weight"), pass.Gradient(this, "bias"));
        var dx = Zeros(x.Length, Input);
        ForEachGroup(x, (sample, members) =>
        {
            var (mean, deviation) = Moments(x[sample], members);
            double[] normalised = [.. members.Select(place => (x[sample][place] - mean) / deviation)];
            double[] inner = [.. members.Select((place, i) => dy[sample][place] * weight[i])];
            var innerMean = inner.Average();
            var productMean = inner.Zip(normalised, (d, n) => d * n).Average();
            for (var i = 0; i < members.Length; i++)
            {
                weightGradient[i] += dy[sample][members[i]] * normalised[i];
                biasGradient[i] += dy[sample][members[i]];
                dx[sample][members[i]] = (inner[i] - innerMean - (normalised[i] * productMean)) / deviation;
            }
        });
        return dx;
    }

    private static int[] Normalised(OracleType input) => [.. input.Extents.Where((_, axis) => input.Roles[axis] != OracleRole.Time)];

    private (double Mean, double Deviation) Moments(double[] row, int[] members)
    {
        var mean = members.Average(place => row[place]);
        var variance = members.Average(place => (row[place] - mean) * (row[place] - mean));
        return (mean, Math.Sqrt(variance + epsilon));
    }

    /// <summary>Hands out the positions that are normalised together: a whole sample, or one step of it.</summary>
    private void ForEachGroup(double[][] x, Action<int, int[]> visit)
    {
        var time = Array.IndexOf(Input.Roles, OracleRole.Time);
        var groups = Places.All(Input.Extents)
            .Select((place, index) => (Step: time < 0 ? 0 : place[time], Index: index))
            .GroupBy(place => place.Step, place => place.Index)
            .Select(group => group.ToArray())
            .ToArray();
        for (var sample = 0; sample < x.Length; sample++)
        {
            foreach (var group in groups)
            {
                visit(sample, group);
            }
        }
    }
}
