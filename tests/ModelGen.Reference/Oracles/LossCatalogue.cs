using ModelGen.Reference.Oracles.Losses;

namespace ModelGen.Reference.Oracles;

/// <summary>Finds the formula of a loss attribute.</summary>
internal static class LossCatalogue
{
    /// <summary>The loss an attribute declares, for a value of the given type.</summary>
    /// <exception cref="NotSupportedException">The oracle has no formula for it.</exception>
    public static OracleLoss Create(LossAttribute attribute, OracleType input) => attribute switch
    {
        SoftmaxCrossEntropyAttribute a => new SoftmaxCrossEntropyOracle(input, a.LabelSmoothing, a.IgnoreIndex, a.ClassWeights) { Weight = a.Weight },
        BinaryCrossEntropyAttribute => new ElementwiseLossOracle(
            input,
            (x, t) => SpecialFunctions.Softplus(x) - (t * x),
            (x, t) => SpecialFunctions.Sigmoid(x) - t,
            SpecialFunctions.Sigmoid) { Weight = attribute.Weight, TargetsAreProbabilities = true },
        MeanSquaredErrorAttribute => new ElementwiseLossOracle(input, (x, t) => (x - t) * (x - t), (x, t) => 2 * (x - t)) { Weight = attribute.Weight },
        MeanAbsoluteErrorAttribute => new ElementwiseLossOracle(input, (x, t) => Math.Abs(x - t), (x, t) => Math.Sign(x - t)) { Weight = attribute.Weight },
        HuberAttribute a => new ElementwiseLossOracle(
            input,
            (x, t) => Math.Abs(x - t) <= a.Delta ? (x - t) * (x - t) / 2 : a.Delta * (Math.Abs(x - t) - (a.Delta / 2)),
            (x, t) => Math.Clamp(x - t, -a.Delta, a.Delta)) { Weight = attribute.Weight },
        PerceptronLossAttribute => new ElementwiseLossOracle(
            input,
            (x, label) => Math.Max(0, -Sign(label) * x),
            (x, label) => Sign(label) * x <= 0 ? -Sign(label) : 0,
            x => x > 0 ? 1 : 0,
            classes: 2) { Weight = attribute.Weight },
        _ => throw new NotSupportedException($"The oracle has no formula for {attribute.GetType().Name}."),
    };

    /// <summary>+1 for the class 1, −1 for the class 0.</summary>
    private static double Sign(double label) => (2 * label) - 1;
}
