namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015), per channel c: y = w_c (x − μ_c) / √(σ²_c + ε) + b_c. In training μ and σ²
/// are the mean and the biased variance over all samples and places, and the running ones move towards the mean and the
/// unbiased variance by the momentum; otherwise μ and σ² are the running ones.
/// </summary>
internal sealed class BatchNormOracle(OracleType input, double momentum, double epsilon) : OracleLayer(
    input,
    input,
    new OracleParameter("weight", [input.Extents[input.ChannelAxis]]),
    new OracleParameter("bias", [input.Extents[input.ChannelAxis]]),
    new OracleParameter("running_mean", [input.Extents[input.ChannelAxis]], IsStatistic: true),
    new OracleParameter("running_var", [input.Extents[input.ChannelAxis]], IsStatistic: true))
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var (weight, bias) = (pass.Parameter(this, "weight"), pass.Parameter(this, "bias"));
        var (mean, variance) = Moments(x, pass);
        if (pass.Mode == OracleMode.Train)
        {
            var count = x.Length * Input.ChannelLines.Count;
            UpdateRunning("running_mean", mean, 1);
            UpdateRunning("running_var", variance, count / Math.Max(count - 1.0, 1));
        }

        return Transform(x, (sample, i, channel) =>
            (weight[channel] * (x[sample][i] - mean[channel]) / Math.Sqrt(variance[channel] + epsilon)) + bias[channel]);

        void UpdateRunning(string name, double[] batch, double scale) => pass.UpdateStatistic(
            this, name, [.. pass.Parameter(this, name).Zip(batch, (running, now) => ((1 - momentum) * running) + (momentum * scale * now))]);
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var weight = pass.Parameter(this, "weight");
        var (weightGradient, biasGradient) = (pass.Gradient(this, "weight"), pass.Gradient(this, "bias"));
        var (mean, variance) = Moments(x, pass);
        var count = x.Length * Input.ChannelLines.Count;
        var sums = new double[mean.Length];
        var products = new double[mean.Length];
        Transform(x, (sample, i, channel) =>
        {
            sums[channel] += dy[sample][i];
            products[channel] += dy[sample][i] * Normalised(sample, i, channel);
            return 0;
        });
        for (var channel = 0; channel < mean.Length; channel++)
        {
            biasGradient[channel] += sums[channel];
            weightGradient[channel] += products[channel];
        }

        // With x̂ the normalised value: dx = w/σ (dy − mean(dy) − x̂ mean(dy·x̂)); the means are there because μ and σ depend on x.
        return Transform(x, (sample, i, channel) =>
        {
            var inner = pass.Mode == OracleMode.Train
                ? dy[sample][i] - (sums[channel] / count) - (Normalised(sample, i, channel) * products[channel] / count)
                : dy[sample][i];
            return weight[channel] / Math.Sqrt(variance[channel] + epsilon) * inner;
        });

        double Normalised(int sample, int i, int channel) => (x[sample][i] - mean[channel]) / Math.Sqrt(variance[channel] + epsilon);
    }

    private (double[] Mean, double[] Variance) Moments(double[][] x, OraclePass pass)
    {
        if (pass.Mode == OracleMode.Evaluate)
        {
            return (pass.Parameter(this, "running_mean"), pass.Parameter(this, "running_var"));
        }

        var lines = Input.ChannelLines;
        var count = x.Length * lines.Count;
        var mean = new double[lines.Length];
        var variance = new double[lines.Length];
        Transform(x, (sample, i, channel) => mean[channel] += x[sample][i] / count);
        Transform(x, (sample, i, channel) => variance[channel] += (x[sample][i] - mean[channel]) * (x[sample][i] - mean[channel]) / count);
        return (mean, variance);
    }

    /// <summary>A batch of numbers, each of its sample, position and channel.</summary>
    private double[][] Transform(double[][] x, Func<int, int, int, double> element)
    {
        var result = Zeros(x.Length, Input);
        var lines = Input.ChannelLines;
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var i = 0; i < result[sample].Length; i++)
            {
                result[sample][i] = element(sample, i, i / lines.Inner % lines.Length);
            }
        }

        return result;
    }
}
