using ModelGen.Reference.Oracles.Layers;

namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006): −log of the probability of all paths that become the
/// transcript when repetitions are joined and blanks left out, by the forward and backward variables α and β in the domain of
/// logarithms; divided by the number of labels, then the mean over the samples. A row of labels is one transcript.
/// </summary>
internal sealed class CtcOracle(OracleType input, double weight, int blank, int maxLength) : OracleLoss(input, weight, [maxLength == 0 ? input.Extents[0] : maxLength])
{
    public override int Classes => Input.Extents[1];

    public override bool LabelsAreTranscripts => true;

    /// <summary>The class that stands for nothing.</summary>
    public int Blank => blank;

    public override double[] Prediction(double[] x) => [.. x.Chunk(Classes).SelectMany(SoftmaxOracle.Softmax)];

    /// <summary>Their number, then themselves.</summary>
    public override double[] Laid(double[] labels) => [labels.Length, .. labels, .. new double[LabelExtents[0] - labels.Length]];

    public override double Divisor(double[][] labels) => labels.Length;

    public override double SampleValue(double[] x, double[] labels)
    {
        var (logs, path) = (Logs(x), Path(labels));
        return -Total(Alpha(logs, path)) / Math.Max(1, labels.Length);
    }

    public override double[] SampleGradient(double[] x, double[] labels)
    {
        var (logs, path) = (Logs(x), Path(labels));
        var alpha = Alpha(logs, path);
        var beta = Beta(logs, path);
        var total = Total(alpha);
        var slopes = new double[x.Length];
        for (var t = 0; t < logs.Length; t++)
        {
            for (var k = 0; k < Classes; k++)
            {
                // α and β both hold the step's own probability, once too often.
                var through = LogSum([.. path.Select((label, s) => (label, s)).Where(at => at.label == k).Select(at => alpha[t][at.s] + beta[t][at.s] - logs[t][k])]);
                slopes[(t * Classes) + k] = (Math.Exp(logs[t][k]) - Math.Exp(through - total)) / Math.Max(1, labels.Length);
            }
        }

        return slopes;
    }

    private double[][] Logs(double[] x) => [.. x.Chunk(Classes).Select(SoftmaxOracle.LogSoftmax)];

    /// <summary>The labels with a blank before, between and after them.</summary>
    private int[] Path(double[] labels) => [blank, .. labels.SelectMany(label => new[] { (int)label, blank })];

    private static double Total(double[][] alpha) => LogSum(alpha[^1][^1], alpha[^1].Length > 1 ? alpha[^1][^2] : double.NegativeInfinity);

    private double[][] Alpha(double[][] logs, int[] path)
    {
        var alpha = new double[logs.Length][];
        for (var t = 0; t < logs.Length; t++)
        {
            alpha[t] = [.. path.Select((label, s) => logs[t][label] + (t == 0
                ? s < 2 ? 0 : double.NegativeInfinity
                : LogSum([alpha[t - 1][s], s > 0 ? alpha[t - 1][s - 1] : double.NegativeInfinity, Skips(path, s) ? alpha[t - 1][s - 2] : double.NegativeInfinity])))];
        }

        return alpha;
    }

    private double[][] Beta(double[][] logs, int[] path)
    {
        var beta = new double[logs.Length][];
        for (var t = logs.Length - 1; t >= 0; t--)
        {
            beta[t] = [.. path.Select((label, s) => logs[t][label] + (t == logs.Length - 1
                ? s >= path.Length - 2 ? 0 : double.NegativeInfinity
                : LogSum([beta[t + 1][s], s + 1 < path.Length ? beta[t + 1][s + 1] : double.NegativeInfinity, s + 2 < path.Length && Skips(path, s + 2) ? beta[t + 1][s + 2] : double.NegativeInfinity])))];
        }

        return beta;
    }

    /// <summary>Whether a path may come to s from two places before: over a blank between different labels.</summary>
    private bool Skips(int[] path, int s) => s >= 2 && path[s] != blank && path[s] != path[s - 2];

    private static double LogSum(params double[] logs)
    {
        var most = logs.DefaultIfEmpty(double.NegativeInfinity).Max();
        return double.IsNegativeInfinity(most) ? most : most + Math.Log(logs.Sum(log => Math.Exp(log - most)));
    }
}
