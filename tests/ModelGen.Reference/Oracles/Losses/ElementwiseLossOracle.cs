namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// A loss of every element and its label alike: a function of (x, label), its derivative for x, and what a prediction shows
/// of x.
/// </summary>
internal sealed class ElementwiseLossOracle(
    OracleType input,
    double weight,
    Func<double, double, double> function,
    Func<double, double, double> derivative,
    Func<double, double>? prediction = null,
    int classes = 0,
    bool targetsAreProbabilities = false)
    : OracleLoss(input, weight, input.Extents)
{
    public override bool TargetsAreProbabilities => targetsAreProbabilities;

    public override int Classes => classes;

    public override double[] Prediction(double[] x) => prediction is null ? x : [.. x.Select(prediction)];

    public override double SampleValue(double[] x, double[] labels) => x.Zip(labels, function).Sum();

    public override double[] SampleGradient(double[] x, double[] labels) => [.. x.Zip(labels, derivative)];
}
