using ModelGen.Reference.Oracles.Losses;

namespace ModelGen.Reference.Oracles;

/// <summary>Finds the formula of a loss attribute.</summary>
internal static class LossCatalogue
{
    /// <summary>The loss an attribute declares, for a value of the given type.</summary>
    /// <exception cref="NotSupportedException">The oracle has no formula for it.</exception>
    public static OracleLoss Create(LossAttribute attribute, OracleType input) => attribute switch
    {
        CTCAttribute a => new CtcOracle(input, a.Weight, a.Blank, a.MaxLength),
        DetectionAttribute a => new DetectionOracle(input, a.Weight, a.Anchors, a.BoxWeight, a.EmptyWeight, a.IgnoreOverlap),
        SoftmaxCrossEntropyAttribute a => new SoftmaxCrossEntropyOracle(input, a.Weight, a.LabelSmoothing, a.IgnoreIndex, a.ClassWeights),
        FocalAttribute a => new FocalOracle(input, a.Weight, a.Gamma, a.IgnoreIndex, a.ClassWeights),
        DiceAttribute a => new DiceOracle(input, a.Weight, a.Smooth),
        BinaryCrossEntropyAttribute a => new ElementwiseLossOracle(
            input,
            a.Weight,
            (x, t) => SpecialFunctions.Softplus(x) - (t * x),
            (x, t) => SpecialFunctions.Sigmoid(x) - t,
            SpecialFunctions.Sigmoid,
            targetsAreProbabilities: true),
        MeanSquaredErrorAttribute a => new ElementwiseLossOracle(input, a.Weight, (x, t) => (x - t) * (x - t), (x, t) => 2 * (x - t)),
        MeanAbsoluteErrorAttribute a => new ElementwiseLossOracle(input, a.Weight, (x, t) => Math.Abs(x - t), (x, t) => Math.Sign(x - t)),
        HuberAttribute a => new ElementwiseLossOracle(
            input,
            a.Weight,
            (x, t) => Math.Abs(x - t) <= a.Delta ? (x - t) * (x - t) / 2 : a.Delta * (Math.Abs(x - t) - (a.Delta / 2)),
            (x, t) => Math.Clamp(x - t, -a.Delta, a.Delta)),
        PerceptronLossAttribute a => new ElementwiseLossOracle(
            input,
            a.Weight,
            (x, label) => Math.Max(0, -Sign(label) * x),
            (x, label) => Sign(label) * x <= 0 ? -Sign(label) : 0,
            x => x > 0 ? 1 : 0,
            classes: 2),
        _ => throw new NotSupportedException($"The oracle has no formula for {attribute.GetType().Name}."),
    };

    /// <summary>+1 for the class 1, −1 for the class 0.</summary>
    private static double Sign(double label) => (2 * label) - 1;
}
