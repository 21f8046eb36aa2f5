namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// One minus the soft Dice coefficient of each sample, with p = σ(x) and s the smoothing: 1 − (2·Σ p·t + s)/(Σ p + Σ t + s);
/// the mean over the samples.
/// </summary>
internal sealed class DiceOracle(OracleType input, double weight, double smooth) : OracleLoss(input, weight, input.Extents)
{
    public override bool TargetsAreProbabilities => true;

    public override double[] Prediction(double[] x) => [.. x.Select(SpecialFunctions.Sigmoid)];

    /// <summary>The loss of the sample counts for each of its labels, by whose number the sum is divided.</summary>
    public override double SampleValue(double[] x, double[] labels)
    {
        var (above, below) = Fraction(Prediction(x), labels);
        return x.Length * (1 - (above / below));
    }

    public override double[] SampleGradient(double[] x, double[] labels)
    {
        // d/dp_i of −above/below is −(2·t_i·below − above)/below², and dp/dx is p (1 − p).
        var probabilities = Prediction(x);
        var (above, below) = Fraction(probabilities, labels);
        return [.. probabilities.Zip(labels, (p, t) => x.Length * (above - (2 * t * below)) / (below * below) * p * (1 - p))];
    }

    private (double Above, double Below) Fraction(double[] probabilities, double[] targets) => (
        (2 * probabilities.Zip(targets, (p, t) => p * t).Sum()) + smooth,
        probabilities.Sum() + targets.Sum() + smooth);
}
