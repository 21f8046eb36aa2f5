using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Every loss with its options, on vectors, pixels and steps, alone and with others, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class LossTests
{
    private static readonly string[] s_losses =
    [
        "MeanSquaredError", "MeanAbsoluteError", "Huber", "Huber(0.3)", "BinaryCrossEntropy", "PerceptronLoss", "SoftmaxCrossEntropy",
        "SoftmaxCrossEntropy(LabelSmoothing = 0.1)", "Focal", "Focal(Gamma = 0.5)", "Dice", "Dice(Smooth = 0.01)",
    ];

    private static readonly ModelGroup s_models = new([.. s_losses.SelectMany(Everywhere), .. Options(), .. Several()]);

    /// <summary>Models whose probabilities are one or zero, to the last bit, on large inputs.</summary>
    private static readonly ModelGroup s_certain = new(
        "Input(4), Dense(2), Focal", "Input(4), Dense(2), Focal(Gamma = 0.5)", "Input(4), Dense(2), Focal(Gamma = 0.01)", "Input(4), Dense(2), Dice");

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> CertainModels => s_certain.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [MemberData(nameof(CertainModels))]
    public void CertaintyHasFiniteGradients(string layers)
    {
        var model = s_certain[layers];
        var data = new ModelData(model);
        data.Reset(model);
        model.CreateTrainer(new GradientDescent(0.5f), 16, threads: 1);
        var inputs = new NumericData(Enumerable.Range(0, 16).Select(sample => new[] { Math.Pow(10, sample - 8), -sample, sample, 1e4 }));
        var labels = data.Take(16, 0, 16).Labels;
        Assert.True(float.IsFinite(model.Step([inputs], labels)));
        Assert.All(model.Parameters["dense_1.weight"].Values.ToArray(), weight => Assert.True(float.IsFinite(weight)));
    }

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
        yield return "Input(4), Dense(17), Focal";
        yield return "Input(4), Dense(3), Focal(Gamma = 0)";
        yield return "Input(4), Dense(3), Focal(Gamma = 1, IgnoreIndex = 255)";
        yield return "Input(4), Dense(3), Focal(Gamma = 3.5, IgnoreIndex = 1)";
        yield return "Input(4), Dense(5), Focal(ClassWeights = new[] { 0.5, 2.0, 0.0, 3.0, 3.0 }, IgnoreIndex = 3)";
        yield return "Input(2, 3, 4), Conv2D(4, 2), Focal(ClassWeights = new[] { 0.5, 2.0, 1.0, 1.5 }, Weight = 2)";
        yield return "Sequence(5, 3), Dense(3), Focal(Gamma = 1.5, ClassWeights = new[] { 0.5, 2.0, 1.0 })";
        yield return "Input(4), Dense(1), Dice";
        yield return "Input(2, 6), Conv1D(3, 2), Dice(Weight = 3)";
        yield return "Input(4), Dense(1), BinaryCrossEntropy";
        yield return "Input(4), Dense(1), PerceptronLoss";
        yield return "Input(4), Dense(1), MeanSquaredError(Weight = 0.25)";
        yield return "Input(2, 6), Conv1D(3, 2), SoftmaxCrossEntropy(Weight = 3)";
    }

    private static IEnumerable<string> Several()
    {
        yield return "Input(4), Dense(3), SoftmaxCrossEntropy, MeanSquaredError(Weight = 0.1)";
        yield return "Input(4), Dense(3), MeanSquaredError, Input(2, 5), Conv1D(3, 2), GlobalAveragePool, SoftmaxCrossEntropy(Weight = 2)";
        yield return "Input(2, 3, 4), Conv2D(1, 2), Dice, BinaryCrossEntropy(Weight = 0.5)";
        yield return "Input(3), Dense(2), Input(4), Dense(3), SoftmaxCrossEntropy, Huber(On = \"output\")";
    }
}
