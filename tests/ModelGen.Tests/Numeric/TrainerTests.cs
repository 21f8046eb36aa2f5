using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>What holds for the trainer of every compiled model: the same bits for any number of threads, gradients that add up.</summary>
[Trait("Category", "Numeric")]
public sealed class TrainerTests
{
    private const int Batch = 150;

    private const string Classifier =
        "Input(1, 12, 12), Conv2D(6, 3), ReLU, MaxPool2D(2), Conv2D(8, 3), ReLU, Flatten, Dense(20), ReLU, Dense(5), SoftmaxCrossEntropy";

    private static readonly ModelGroup s_models = new(
        Classifier,
        "Input(64), Dense(80), Tanh, Dropout(0.3), Dense(33), ReLU, Dense(3), MeanSquaredError",
        "Input(2, 9, 8), Conv2D(7, 3, UseBias = false), BatchNorm, ReLU, Conv2D(5, 3, UseBias = false), BatchNorm, ReLU, GlobalAveragePool, Dense(4), SoftmaxCrossEntropy",
        "Sequence(20, 16), Dense(24), LayerNorm, GELU, Dense(4), SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        "Sequence(9, 5), LSTM(18, Bidirectional = true), GRU(17), Last, Dense(4), SoftmaxCrossEntropy",
        "Tokens(8, Vocabulary = 12), Embedding(7), SimpleRNN(20), Dense(12), SoftmaxCrossEntropy",
        "Input(2, 8, 8), Conv2D(6, 3, Padding = 1), ReLU, MaxPool2D(2), Conv2D(16, 1), Detection(0.2, 0.3, 0.5, 0.4)",
        "Sequence(12, 4, Lengths = true), GRU(9), Dense(6), CTC(2, MaxLength = 7)",
        "Sequence(6, 4), GRU(8), Label(\"m\"), GRU(8, InitialState = \"m\"), Attention(\"m\"), MultiHeadAttention(2), Dense(3), MeanSquaredError",
        "Tokens(9, Vocabulary = 12, Lengths = true), Embedding(7), LSTM(18, Bidirectional = true), MultiHeadAttention(2), Dense(12), SoftmaxCrossEntropy");

    /// <summary>Networks whose blocks are shared by several threads where there are too few blocks.</summary>
    private static readonly ModelGroup s_heavy = new(
        "Input(2, 20, 24), Conv2D(16, 3, Padding = 1), ReLU, Label(\"a\"), MaxPool2D(2), Conv2D(20, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, ConvTranspose2D(16, 2, Stride = 2), Concat(\"a\"), Conv2D(17, 3, Padding = 1), Tanh, Conv2D(3, 1), SoftmaxCrossEntropy",
        "Input(2, 18, 22), Conv2D(32, 1), Conv2D(40, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(4), Flatten, Dense(3), SoftmaxCrossEntropy",
        "Input(3, 4, 12, 12), Conv3D(8, 3, Padding = 1), ReLU, MaxPool3D(2), Flatten, Dense(300), ReLU, Dense(3), SoftmaxCrossEntropy",
        "Input(2, 400), Conv1D(24, 9, Padding = 4), GELU, AveragePool1D(3, Stride = 2, Padding = 1), Conv1D(24, 5, Groups = 2), LayerNorm, Flatten, Dense(9), MeanSquaredError",
        "Sequence(7, 24), LSTM(128, Bidirectional = true), GRU(96), Dense(70), SoftmaxCrossEntropy",
        "Tokens(16, Vocabulary = 12), Embedding(20), GRU(215), Dense(12), SoftmaxCrossEntropy");

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> HeavyModels => s_heavy.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void GiveTheSameBitsForAnyNumberOfThreads(string layers)
    {
        var model = s_models[layers];
        var data = new ModelData(model);
        var (inputs, labels) = data.Take(Batch, 0, Batch);
        var expected = Train(threads: 1);
        Assert.Equal(expected, Train(threads: 1));
        Assert.Equal(expected, Train(threads: 2));
        Assert.Equal(expected, Train(threads: 3));

        int[] Train(int threads)
        {
            data.Reset(model);
            var trainer = model.CreateTrainer(new Adam(0.01f), Batch, threads);
            var losses = Enumerable.Range(0, 3).Select(_ => model.Step(inputs, labels)).ToArray();
            return
            [
                .. losses.Concat(trainer.Gradients.SelectMany(gradient => gradient.Values.ToArray()))
                    .Concat(model.Parameters.SelectMany(parameter => parameter.Values.ToArray()))
                    .Select(BitConverter.SingleToInt32Bits),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(HeavyModels))]
    public void GiveTheSameBitsWhereThreadsShareABlock(string layers)
    {
        var model = s_heavy[layers];
        var data = new ModelData(model);
        foreach (var samples in new[] { 16, 33 })
        {
            var (inputs, labels) = data.Take(samples, 0, samples);
            var expected = Train(threads: 1);
            Assert.Equal(expected, Train(threads: 2));
            Assert.Equal(expected, Train(threads: 4));

            int[] Train(int threads)
            {
                data.Reset(model);
                var trainer = model.CreateTrainer(new GradientDescent(0.1f), samples, threads);
                var losses = Enumerable.Range(0, 2).Select(_ => model.Step(inputs, labels)).ToArray();
                return [.. losses.Concat(trainer.Gradients.SelectMany(gradient => gradient.Values.ToArray())).Select(BitConverter.SingleToInt32Bits)];
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AccumulateTheGradientsOfTheWhole(string layers)
    {
        // Statistics of the batch and dropout differ between the parts and the whole.
        if (layers.Contains("BatchNorm", StringComparison.Ordinal) || layers.Contains("Dropout", StringComparison.Ordinal))
        {
            return;
        }

        var model = s_models[layers];
        var data = new ModelData(model);
        data.Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.5f), Batch, threads: 1);
        var whole = data.Take(Batch, 0, Batch, someIgnored: true);
        var loss = model.Step(whole.Inputs, whole.Labels);
        var expected = model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values.ToArray());

        data.Reset(model);
        trainer = model.CreateTrainer(new GradientDescent(0.5f), batch: 48, threads: 1);
        var first = data.Take(Batch, 0, 37, someIgnored: true);
        var rest = data.Take(Batch, 37, Batch - 37, someIgnored: true);
        var firstLoss = model.Accumulate(first.Inputs, first.Labels);
        var restLoss = model.Accumulate(rest.Inputs, rest.Labels);
        trainer.Update();

        var report = new NumericReport(layers);
        foreach (var (name, values) in expected)
        {
            report.Compare(name, model.Parameters[name].Values, values.Select(value => (double)value), Tolerance.Gradients);
        }

        Assert.True(report.IsEmpty, report.ToString());
        Assert.InRange(loss, Math.Min(firstLoss, restLoss) - 1e-5f, Math.Max(firstLoss, restLoss) + 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ComputeGradientsAfresh(string layers)
    {
        var model = s_models[layers];
        var data = new ModelData(model);
        data.Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.5f), Batch, threads: 1);
        var (inputs, labels) = data.Take(Batch, 0, 50);
        var loss = model.ComputeGradients(inputs, labels);
        var gradients = trainer.Gradients.Select(gradient => gradient.Values.ToArray()).ToArray();

        Assert.Equal(loss, model.ComputeGradients(inputs, labels));
        Assert.Equal(gradients, trainer.Gradients.Select(gradient => gradient.Values.ToArray()));
    }

    [Fact]
    public void GiveZeroWhereNoLabelCounts()
    {
        var model = s_models[Classifier];
        var data = new ModelData(model);
        data.Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.5f), Batch, threads: 1);
        NumericData[] ignored = [new NumericData([.. Enumerable.Repeat(new double[] { -1 }, 20)])];

        Assert.Equal(0, model.ComputeGradients(data.Take(20, 0, 20).Inputs, ignored));
        Assert.All(trainer.Gradients, gradient => Assert.DoesNotContain(gradient.Values.ToArray(), slope => slope != 0));
    }
}
