using ModelGen.Tests.Oracles;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// ResNet-20 on images of 3×32×32 against PyTorch, from the same weights: what it predicts, the loss of a training step, the gradient of every
/// parameter and the running statistics. See <c>Goldens/resnet.py</c>.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class ResNet20Tests
{
    private const int Samples = 4;

    // K. He et al., "Deep residual learning for image recognition", 2016, section 4.2. The paper counts 0.27 million parameters with
    // shortcuts that have none (option A), 269,722 of them; the projections of option B at the two changes of shape add 2,752.
    private const int ParametersOfPaper = 269_722;
    private const int ParametersOfProjections = (16 * 32) + (2 * 32) + (32 * 64) + (2 * 64);

    private const string Network =
        "Input(3, 32, 32), Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, BasicBlock(16), BasicBlock(16), BasicBlock(16), "
        + "BasicBlock(32, Stride = 2), BasicBlock(32), BasicBlock(32), BasicBlock(64, Stride = 2), BasicBlock(64), BasicBlock(64), "
        + "GlobalAveragePool, Dense(10), SoftmaxCrossEntropy";

    private const string WithoutWinograd = "Model(Winograd = false), " + Network;

    private static readonly ModelGroup s_models = new(Network, WithoutWinograd);

    [Fact]
    public void HasTheParametersOfThePaper() =>
        Assert.Equal(ParametersOfPaper + ParametersOfProjections, s_models[Network].Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => parameter.Length));

    [Fact]
    public void ItsValuesShareMemory()
    {
        var summary = (ModelSummary)s_models[Network].ModelType.GetProperty("Summary")!.GetValue(null)!;
        Assert.InRange(summary.SharedMemoryRatio, 0.1, 0.8);
        Assert.EndsWith($", whose values take {100 * summary.SharedMemoryRatio:F0} % of the sum of their sizes", summary.ToString());
    }

    [Theory]
    [InlineData(WithoutWinograd, 1, 0)]
    [InlineData(WithoutWinograd, 2, 0)]
    [InlineData(Network, 1, 5e-5)]
    [InlineData(Network, 2, 5e-5)]
    public void AgreesWithPyTorch(string layers, int threads, double ofRootMeanSquare)
    {
        var model = s_models[layers];
        var data = new ModelData(model);
        data.Reset(model);
        var (inputs, labels) = data.Take(Samples, 0, Samples);
        var golden = GoldenTensors.Read("resnet20");
        var report = new NumericReport(layers);
        var products = Tolerance.Products with { OfRootMeanSquare = ofRootMeanSquare };
        var gradients = Tolerance.Gradients with { OfRootMeanSquare = ofRootMeanSquare };

        float[][] prediction = [new float[golden["prediction"].Length]];
        model.CreatePredictor(threads);
        model.Predict(inputs, prediction);
        report.Compare("prediction", prediction[0], golden["prediction"], products);

        var trainer = model.CreateTrainer(new GradientDescent(0.1f), Samples, threads);
        report.Compare("loss", [model.ComputeGradients(inputs, labels)], golden["loss"], products);
        foreach (var parameter in model.Parameters)
        {
            if (parameter.IsStatistic)
            {
                report.Compare(parameter.Name, parameter.Values, golden[parameter.Name], products);
            }
            else
            {
                report.Compare("gradient of " + parameter.Name, trainer.Gradients[parameter.Name].Values, golden[parameter.Name], gradients);
            }
        }

        Assert.True(report.IsEmpty, report.ToString());
    }
}
