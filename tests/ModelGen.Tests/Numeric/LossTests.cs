using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Every loss with its options, on vectors, pixels and steps, alone and with others, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class LossTests
{
    private static readonly string[] s_losses =
    [
        "MeanSquaredError", "MeanAbsoluteError", "Huber", "Huber(0.3)", "BinaryCrossEntropy", "PerceptronLoss", "SoftmaxCrossEntropy",
        "SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
    ];

    private static readonly ModelGroup s_models = new([.. s_losses.SelectMany(Everywhere), .. Options(), .. Several()]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    private static IEnumerable<string> Everywhere(string loss)
    {
        yield return $"Input(4), Dense(3), {loss}";
        yield return $"Input(2, 3, 4), Conv2D(5, 2), {loss}";
        yield return $"Sequence(5, 3), Dense(7), {loss}";
    }

    private static IEnumerable<string> Options()
    {
        yield return "Input(4), Dense(17), SoftmaxCrossEntropy";
        yield return "Input(4), Dense(2), SoftmaxCrossEntropy(IgnoreIndex = 0)";
        yield return "Input(4), Dense(3), SoftmaxCrossEntropy(IgnoreIndex = 255, LabelSmoothing = 0.2)";
        yield return "Input(4), Dense(3), SoftmaxCrossEntropy(IgnoreIndex = 1, LabelSmoothing = 0.2)";
        yield return "Input(4), Dense(3), SoftmaxCrossEntropy(ClassWeights = new[] { 0.5, 2.0, 1.0 })";
        yield return "Input(4), Dense(5), SoftmaxCrossEntropy(ClassWeights = new[] { 0.5, 2.0, 0.0, 3.0, 3.0 }, LabelSmoothing = 0.3)";
        yield return "Input(2, 3, 4), Conv2D(4, 2), SoftmaxCrossEntropy(ClassWeights = new[] { 0.5, 2.0, 1.0, 1.5 }, Weight = 2)";
        yield return "Sequence(5, 3), Dense(3), SoftmaxCrossEntropy(ClassWeights = new[] { 0.5, 2.0, 1.0 }, LabelSmoothing = 0.1)";
        yield return "Input(4), Dense(1), BinaryCrossEntropy";
        yield return "Input(4), Dense(1), PerceptronLoss";
        yield return "Input(4), Dense(1), MeanSquaredError(Weight = 0.25)";
        yield return "Input(2, 6), Conv1D(3, 2), SoftmaxCrossEntropy(Weight = 3)";
    }

    private static IEnumerable<string> Several()
    {
        yield return "Input(4), Dense(3), SoftmaxCrossEntropy, MeanSquaredError(Weight = 0.1)";
        yield return "Input(4), Dense(3), MeanSquaredError, Input(2, 5), Conv1D(3, 2), GlobalAveragePool, SoftmaxCrossEntropy(Weight = 2)";
        yield return "Input(3), Dense(2), Input(4), Dense(3), SoftmaxCrossEntropy, Huber(On = \"output\")";
    }
}
