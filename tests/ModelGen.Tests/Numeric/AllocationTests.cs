using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Runs with no other test beside it, so that what is allocated is the model's.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;

/// <summary>Once warm, neither a step nor a prediction allocates a byte, on any thread.</summary>
[Trait("Category", "Numeric")]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Batch = 100;

    private static readonly ModelGroup s_models = new(
        "Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy",
        "Input(1, 14, 14), Conv2D(6, 3), ReLU, MaxPool2D(2), Conv2D(8, 3), ReLU, Flatten, Dense(20), ReLU, Dense(5), SoftmaxCrossEntropy",
        "Input(64), Dense(120), Tanh, Dropout(0.3), Dense(33), ReLU, Dense(3), MeanSquaredError",
        "Input(2, 9, 8), Conv2D(7, 3, UseBias = false), BatchNorm, ReLU, Conv2D(5, 3, UseBias = false), BatchNorm, ReLU, GlobalAveragePool, Dense(4), SoftmaxCrossEntropy",
        "Sequence(20, 16), Dense(24), LayerNorm, GELU, Dense(4), SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        "Sequence(9, 5), LSTM(18, Bidirectional = true), GRU(17), Last, Dense(4), SoftmaxCrossEntropy",
        "Tokens(8, Vocabulary = 12), Embedding(7), SimpleRNN(20), Dense(12), SoftmaxCrossEntropy",
        "Input(2, 8, 8), Conv2D(6, 3, Padding = 1), ReLU, MaxPool2D(2), Conv2D(16, 1), Detection(0.2, 0.3, 0.5, 0.4)",
        "Sequence(12, 4, Lengths = true), GRU(9), Dense(6), CTC(2, MaxLength = 7)",
        "Sequence(6, 4), GRU(8), Label(\"m\"), GRU(8, InitialState = \"m\"), Attention(\"m\"), MultiHeadAttention(2), Dense(3), MeanSquaredError",
        "Tokens(9, Vocabulary = 12, Lengths = true), Embedding(7), LSTM(18, Bidirectional = true), MultiHeadAttention(2), Dense(12), SoftmaxCrossEntropy",
        "Model(GradientNorms = true), Sequence(9, 5), LSTM(18, Bidirectional = true), Last, Dense(4), SoftmaxCrossEntropy",
        "Tokens(9, Vocabulary = 12), Embedding(7), LSTM(18, Stateful = true), GRU(5, Stateful = true), Dense(12), SoftmaxCrossEntropy");

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AStepAllocatesNothing(string layers)
    {
        var model = s_models[layers];
        var (inputs, labels) = new ModelData(model).Take(Batch, 0, Batch);
        var norms = new float[16];
        foreach (var threads in new[] { 1, 2 })
        {
            var trainer = model.CreateTrainer(new AdamW(0.001f) { ClipNorm = 1 }, Batch, threads);
            Assert.Equal(0, Allocated(() =>
            {
                model.Step(inputs, labels);
                model.ComputeGradients(inputs, labels);
                model.Accumulate(inputs, labels);
                trainer.Update();
                trainer.Gradients.GetLayerNorms(norms.AsSpan(0, trainer.Gradients.Layers.Count));
                norms[0] = trainer.Gradients.Norm + (trainer.StateGradients.Count > 0 ? trainer.StateGradients[0].Norms[0] : 0);
            }));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void APredictionAllocatesNothing(string layers)
    {
        var model = s_models[layers];
        var data = new ModelData(model);
        model.CreatePredictor();
        foreach (var samples in new[] { 1, Batch })
        {
            var (inputs, _) = data.Take(samples, 0, samples);
            float[][] outputs = [.. data.OutputElements.Select(elements => new float[samples * elements])];
            Assert.Equal(0, Allocated(() => model.Predict(inputs, outputs)));
        }
    }

    /// <summary>
    /// The bytes that all threads allocate in some calls, after some others. What the test host allocates by the way shows in
    /// one attempt; what the calls do, in every one.
    /// </summary>
    private static long Allocated(Action call)
    {
        for (var i = 0; i < 3; i++)
        {
            call();
        }

        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 5; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
