using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// Predictions of a single sample, which have a program of their own: that it is there, says what the program for batches
/// says, and follows the parameters. The oracle is asked by every other numeric test, whose batches begin with one sample.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class SingleSampleTests
{
    private const string Convolutional = "Input(3, 9, 8), Conv2D(20, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2, Padding = 1), Conv2D(5, 3), Sigmoid, Flatten, Dense(7), SoftmaxCrossEntropy";

    private static readonly ModelGroup s_models = new(
        Convolutional,
        "Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy",
        "Input(2, 5), Conv1D(50, 3, Padding = Pad.Same), GELU, GlobalAveragePool, LayerNorm, Dense(140), ReLU, Dense(3), MeanSquaredError",
        "Input(2, 4, 6, 5), Conv3D(20, 3, Padding = 1), ReLU, MaxPool3D(1, 2, 2), Conv3D(5, 2, Stride = 2), GELU, AveragePool3D(2, 1, 1), Flatten, Dense(3), SoftmaxCrossEntropy",
        "Input(2, 4, 5), Conv2D(20, 3, Padding = 1), ReLU, ConvTranspose2D(35, 2, Stride = 2), ReLU, ConvTranspose2D(5, 3, Stride = 2, Padding = 1, OutputPadding = 1), Sigmoid, MeanSquaredError",
        "Input(2, 5), ConvTranspose1D(18, 4, Stride = 3), SiLU, ConvTranspose1D(2, 2, Dilation = 2), MeanSquaredError",
        "Input(2, 2, 3, 3), ConvTranspose3D(7, 2, Stride = 2), ReLU, ConvTranspose3D(2, 3, Padding = 1), MeanSquaredError",
        "Input(2, 3, 4), AveragePool2D(2), Conv2D(40, 1), Flatten, Dense(150), Softmax",
        "Input(1, 8, 8), Conv2D(16, 3, Padding = 1), Label(\"a\"), MaxPool2D(2), Conv2D(20, 3, Padding = 1), ReLU, ConvTranspose2D(16, 2, Stride = 2), Concat(\"a\"), Conv2D(3, 1), SoftmaxCrossEntropy",
        "Input(3, 5, 4), Label(\"x\"), Conv2D(5, 3, Padding = 1), Label(\"y\"), Concat(\"x\"), ReLU, Concat(\"y\"), Conv2D(21, 1), Concat(\"y\"), Conv2D(2, 3), MeanSquaredError",
        "Input(4), Label(\"a\"), Dense(6), Reshape(2, 3), Conv1D(5, 2), Flatten, Concat(\"a\"), Dense(3), MeanSquaredError",
        "Input(4, 6, 5), Conv2D(20, 3, Padding = 1), DepthwiseConv2D(3, Padding = 1), ReLU, DepthwiseConv2D(3, DepthMultiplier = 2, Stride = 2), Conv2D(16, 1, Groups = 4), MeanSquaredError",
        "Input(4, 5), Conv1D(6, 3, Groups = 2), ConvTranspose1D(4, 3, Stride = 2, Groups = 2), MeanSquaredError",
        "Input(3, 4, 5), Upsample2D(2), Conv2D(4, 3), Upsample2D(3, Mode = Interpolation.Bilinear), Conv2D(3, 2), MeanSquaredError",
        "Input(12, 4, 5), GroupNorm(3), ReLU, Conv2D(6, 3), GroupNorm(2), Tanh, LayerNorm, Flatten, Dense(3), SoftmaxCrossEntropy",
        "Input(6, 4, 5), Label(\"x\"), GlobalAveragePool, Dense(6), Sigmoid, Multiply(\"x\"), Label(\"y\"), Conv2D(1, 1), Sigmoid, Multiply(\"y\"), Conv2D(2, 2), MeanSquaredError",
        "Input(3, 4, 5), Conv2D(4, 2), Softmax, Permute(1, 2, 0), Flatten, Dense(3), SoftmaxCrossEntropy",
        "Input(20, 3, 3), Softmax, Label(\"p\"), Conv2D(20, 3, Padding = 1), Multiply(\"p\"), Output(\"gated\"), MaxPool2D(3), Flatten, Dense(2), SoftmaxCrossEntropy");

    private static readonly ModelGroup s_others = new(
        "Sequence(4, 3), GRU(3, Bidirectional = true), Dense(2), MeanSquaredError",
        "Sequence(5, 6), MultiHeadAttention(2), MeanSquaredError");

    private static readonly ModelGroup s_heavy = new(
        "Input(2, 33, 30), Conv2D(32, 3, Padding = 1), ReLU, Label(\"a\"), MaxPool2D(2), Conv2D(48, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, Conv2D(40, 3, Padding = 1), Upsample2D(2), Conv2D(16, 3, Paddings = new[] { 1, 1 }), Tanh, ConvTranspose2D(3, 3, Stride = 2), SoftmaxCrossEntropy",
        "Input(3, 40, 40), Conv2D(24, 5), GELU, DepthwiseConv2D(3), Conv2D(40, 1), MaxPool2D(2), Flatten, Dense(200), ReLU, Dense(4), SoftmaxCrossEntropy",
        "Input(2, 4, 24, 24), Conv3D(24, 3, Padding = 1), ReLU, Conv3D(16, 3), GlobalAveragePool, Dense(2), MeanSquaredError");

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> HeavyModels => s_heavy.Theory;

    public static TheoryData<string> OtherModels => s_others.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers)
    {
        Assert.NotNull(Definition(s_models[layers]).PredictOne);
        s_models.Check(layers);
    }

    [Theory]
    [MemberData(nameof(HeavyModels))]
    public void GiveTheSameBitsForAnyNumberOfThreads(string layers)
    {
        Assert.True(Definition(s_heavy[layers]).PredictOne!.SharedWords > 0);
        s_heavy.Check(layers, Tolerance.Winograd, sampleCounts: [1, 17]);
        var model = s_heavy[layers];
        var data = new ModelData(model);
        data.Reset(model);
        model.CreatePredictor();
        var expected = Predict(model, data);
        model.CreatePredictor(threads: 2);
        Assert.Equal(expected, Predict(model, data));
        Assert.Equal(expected, Predict(model, data));
    }

    [Theory]
    [MemberData(nameof(OtherModels))]
    public void OtherLayersUseTheProgramForBatches(string layers)
    {
        Assert.Null(Definition(s_others[layers]).PredictOne);
        s_others.Check(layers);
    }

    [Fact]
    public void ChangesOfParametersAreNoticed()
    {
        var model = s_models[Convolutional];
        var data = new ModelData(model);
        data.Reset(model);
        model.CreatePredictor();
        var before = Predict(model, data);
        model.CreateTrainer(new GradientDescent(0.5f), 16, threads: 1);
        var (inputs, labels) = data.Take(16, 0, 16);
        model.Step(inputs, labels);
        Assert.NotEqual(before, Predict(model, data));
        data.Reset(model);
        Assert.Equal(before, Predict(model, data));
    }

    [Fact]
    public void StatisticsThatTrainingMovedAreFoldedAnew()
    {
        var model = s_models[Convolutional];
        var data = new ModelData(model);
        data.Reset(model);
        model.CreatePredictor();
        Predict(model, data);
        model.CreateTrainer(new GradientDescent(0.1f), 16, threads: 1);
        for (var step = 0; step < 5; step++)
        {
            var (inputs, labels) = data.Take(16, 0, 16);
            model.Step(inputs, labels);
        }

        // The program for batches reads the running mean and variance as they are.
        var batch = new float[16 * data.OutputElements[0]];
        model.Predict(data.Take(16, 0, 16).Inputs, [batch]);
        Assert.Contains(model.Parameters["batch_norm_1.running_mean"].Values.ToArray(), mean => mean != 0);
        Assert.All(Predict(model, data).Zip(batch), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void RefreshPacksWhatWasWrittenThroughAnOldSpan()
    {
        var model = s_models[Convolutional];
        var data = new ModelData(model);
        data.Reset(model);
        var predictor = model.CreatePredictor();
        var weights = model.Parameters["conv2d_1.weight"].Values;
        var before = Predict(model, data);
        weights.Fill(0.25f);
        Assert.Equal(before, Predict(model, data));
        predictor.Refresh();
        Assert.NotEqual(before, Predict(model, data));
    }

    private static ModelDefinition Definition(CompiledModel model) =>
        (ModelDefinition)model.ModelType.GetProperty("Definition")!.GetValue(null)!;

    private static float[] Predict(CompiledModel model, ModelData data)
    {
        var outputs = new float[data.OutputElements[0]];
        model.Predict(data.Take(1, 0, 1).Inputs, [outputs]);
        return outputs;
    }
}
