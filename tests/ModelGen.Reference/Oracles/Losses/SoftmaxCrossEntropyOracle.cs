using ModelGen.Reference.Oracles.Layers;

namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// Cross-entropy of softmax over K channels at every place, with p the probabilities, y the label, w the class weights and ε
/// the smoothing: (1 − ε)·w_y·(−log p_y) + ε/K · Σ_c w_c·(−log p_c); divided by the sum of w_y over the labels that count.
/// </summary>
internal sealed class SoftmaxCrossEntropyOracle(
    OracleType input, double weight, double smoothing, int ignoredLabel, double[]? classWeights)
    : OracleLoss(input, weight, [.. input.Extents.Where((_, axis) => axis != input.ChannelAxis)])
{
    private readonly OracleLines _lines = input.ChannelLines;

    public override int Classes => _lines.Length;

    public override int? IgnoredLabel => ignoredLabel;

    public override double[] Prediction(double[] x) => ForEachLine(x, (line, elements) => SoftmaxOracle.Softmax(elements));

    public override double Divisor(double[][] labels) =>
        labels.SelectMany(row => row).Where(label => label != ignoredLabel).Sum(label => WeightOf((int)label));

    public override double SampleValue(double[] x, double[] labels)
    {
        var sum = 0.0;
        ForEachLine(x, (line, elements) =>
        {
            var logs = SoftmaxOracle.LogSoftmax(elements);
            var targets = Targets(labels[line]);
            sum -= logs.Zip(targets, (log, target) => log * target).Sum();
            return elements;
        });
        return sum;
    }

    public override double[] SampleGradient(double[] x, double[] labels) => ForEachLine(x, (line, elements) =>
    {
        // d/dx_c of −Σ t_k log p_k is p_c Σ t_k − t_c.
        var probabilities = SoftmaxOracle.Softmax(elements);
        var targets = Targets(labels[line]);
        var total = targets.Sum();
        return [.. probabilities.Zip(targets, (p, target) => (p * total) - target)];
    });

    private double WeightOf(int label) => classWeights is null ? 1 : classWeights[label];

    /// <summary>What each class's −log p is multiplied with.</summary>
    private double[] Targets(double label)
    {
        var targets = new double[Classes];
        if (label != ignoredLabel)
        {
            for (var c = 0; c < targets.Length; c++)
            {
                targets[c] = WeightOf(c) * ((smoothing / Classes) + (c == (int)label ? 1 - smoothing : 0));
            }
        }

        return targets;
    }

    private double[] ForEachLine(double[] x, Func<int, double[], double[]> transform)
    {
        var result = new double[x.Length];
        for (var line = 0; line < _lines.Count; line++)
        {
            _lines.Write(result, line, transform(line, _lines.Read(x, line)));
        }

        return result;
    }
}
