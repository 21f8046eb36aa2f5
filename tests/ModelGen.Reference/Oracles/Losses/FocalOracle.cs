using ModelGen.Reference.Oracles.Layers;

namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// The focal loss of softmax over K channels at every place, with p the probabilities, y the label, w the class weights and γ
/// the focus: −w_y·(1 − p_y)^γ·log p_y; divided by the sum of w_y over the labels that count.
/// </summary>
internal sealed class FocalOracle(OracleType input, double weight, double gamma, int ignoredLabel, double[]? classWeights)
    : OracleLoss(input, weight, [.. input.Extents.Where((_, axis) => axis != input.ChannelAxis)])
{
    private readonly OracleLines _lines = input.ChannelLines;

    public override int Classes => _lines.Length;

    public override int? IgnoredLabel => ignoredLabel;

    public override double[] Prediction(double[] x) => ForEachLine(x, (_, elements) => SoftmaxOracle.Softmax(elements));

    public override double Divisor(double[][] labels) =>
        labels.SelectMany(row => row).Where(label => label != ignoredLabel).Sum(label => WeightOf((int)label));

    public override double SampleValue(double[] x, double[] labels)
    {
        var sum = 0.0;
        for (var line = 0; line < _lines.Count; line++)
        {
            if (labels[line] != ignoredLabel)
            {
                var label = (int)labels[line];
                var log = SoftmaxOracle.LogSoftmax(_lines.Read(x, line))[label];
                sum -= WeightOf(label) * Math.Pow(1 - Math.Exp(log), gamma) * log;
            }
        }

        return sum;
    }

    public override double[] SampleGradient(double[] x, double[] labels) => ForEachLine(x, (line, elements) =>
    {
        if (labels[line] == ignoredLabel)
        {
            return new double[elements.Length];
        }

        // With q = log p_y, d/dq of −(1 − p_y)^γ·q is γ (1 − p_y)^(γ − 1) p_y q − (1 − p_y)^γ, and dq/dx_c is [c = y] − p_c.
        var label = (int)labels[line];
        var probabilities = SoftmaxOracle.Softmax(elements);
        var (p, log) = (probabilities[label], SoftmaxOracle.LogSoftmax(elements)[label]);
        var slope = WeightOf(label) * ((gamma * Math.Pow(1 - p, gamma - 1) * p * log) - Math.Pow(1 - p, gamma));
        return [.. probabilities.Select((other, c) => slope * ((c == label ? 1 : 0) - other))];
    });

    private double WeightOf(int label) => classWeights is null ? 1 : classWeights[label];

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
