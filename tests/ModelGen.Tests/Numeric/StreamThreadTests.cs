using System.Runtime.InteropServices;
using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Sequences and steps of causal networks that are large enough for threads to share: the same bits for any number of them.</summary>
[Trait("Category", "Numeric")]
[Collection(nameof(AllocationTests))]
public sealed class StreamThreadTests
{
    private static readonly Dictionary<string, Lazy<StreamingModel>> s_models = StreamingModel.For(
        new("Tokens(12, Vocabulary = 11), Embedding(20), LSTM(256), Dense(11), SoftmaxCrossEntropy", 12, 1, 11) { Tokens = 11 },
        new("Sequence(24, 5), GRU(200), GRU(96), Last, Dense(3), MeanSquaredError", 24, 5, 3, ShowsAll: false),
        new("Sequence(20, 8), LSTM(220, Peepholes = true, Projection = 90), LayerNorm, Label(\"a\"), GRU(90, ResetAfter = false), Add(\"a\"), Dense(90), SiLU, Dense(4), SoftmaxCrossEntropy", 20, 8, 4),
        new("Tokens(40, Vocabulary = 9), Embedding(70), Label(\"e\"), SimpleRNN(130), Dense(70), Add(\"e\"), SimpleRNN(250), MeanOverTime, Dense(2), MeanSquaredError", 40, 1, 2, ShowsAll: false) { Tokens = 9 },
        new("Tokens(24, Vocabulary = 9), Embedding(144), PositionalEncoding, Label(\"x\"), LayerNorm, MultiHeadAttention(4, Causal = true), Add(\"x\"), Label(\"y\"), LayerNorm, Dense(200), GELU, Dense(144), Add(\"y\"), Dense(9), SoftmaxCrossEntropy", 24, 1, 9) { Tokens = 9 },
        new("Sequence(30, 400), Dense(270), ReLU, Dense(33), MeanSquaredError", 30, 400, 33));

    public static TheoryData<string> Models => [.. s_models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void ASequenceHasTheSameBitsForAnyNumberOfThreads(string layers)
    {
        var model = s_models[layers].Value;
        model.CreatePredictor(threads: 1);
        var expected = model.PredictWhole();
        model.CreatePredictor(threads: 2);
        Assert.Equal(expected, model.PredictWhole());
        Assert.Equal(expected, model.PredictWhole());
        for (var threads = 1; threads <= 3; threads++)
        {
            var shared = Share(model, threads);
            Assert.Equal(expected, PredictShared(model, shared));
            Assert.Equal(expected, PredictShared(model, shared));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void StepsHaveTheSameBitsForAnyNumberOfThreads(string layers)
    {
        var model = s_models[layers].Value;
        model.CreatePredictor(threads: 1);
        var expected = TakeSteps(model);
        model.CreatePredictor(threads: 2);
        Assert.Equal(expected, TakeSteps(model));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ThreadsShareSingleSteps(int number)
    {
        var model = s_models.Values.ElementAt(number).Value;
        model.CreatePredictor(threads: 1);
        var expected = TakeSteps(model);
        for (var threads = 1; threads <= 3; threads++)
        {
            var (shared, state) = (Share(model, threads), model.CreateState());
            var shown = new List<float>();
            for (var t = 0; t < model.Case.Steps; t++)
            {
                Give(model, shared, model.Case.Step(model.Case.Input, t));
                shared.RunStep(state);
                shown.AddRange(Shown(model, shared, model.Case.Outputs));
            }

            shown.AddRange(Remembered(state));
            Assert.Equal(expected, shown.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void SharingAllocatesNothing(string layers)
    {
        var model = s_models[layers].Value;
        model.CreatePredictor(threads: 2);
        var output = model.PredictWhole();
        var (input, first) = (model.Case.Input, new float[model.Case.Outputs]);
        model.Step(model.Case.Step(input, 0), first);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            model.Step(model.Case.Step(input, 0), first);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        if (!model.Case.IsTokens)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            model.Predict(input, output);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>What all steps show, and then what the stream remembers.</summary>
    private static float[] TakeSteps(StreamingModel model)
    {
        model.State = model.CreateState();
        var (input, step) = (model.Case.Input, new float[model.Case.Outputs]);
        var shown = new List<float>();
        for (var t = 0; t < model.Case.Steps; t++)
        {
            model.Step(model.Case.Step(input, t), step);
            shown.AddRange(step);
        }

        return [.. shown, .. Remembered(model.State)];
    }

    private static float[] Remembered(StreamState state) => [.. state.Names.SelectMany(name => state[name].ToArray())];

    // More threads than there are processors: a predictor would not make them.
    private static SharedPrediction Share(StreamingModel model, int threads)
    {
        var program = model.Definition.PredictOne!;
        Assert.True(program.SharedWords > 0);
        var prepared = new AlignedBuffer(program.PreparedWords);
        program.Prepare(ref model.Parameters.Arena.First, ref prepared.First);
        return new SharedPrediction(program, prepared, new AlignedBuffer(program.ScratchWords), new Workers(threads));
    }

    private static float[] PredictShared(StreamingModel model, SharedPrediction shared)
    {
        Give(model, shared, model.Case.Input);
        shared.Run();
        return Shown(model, shared, model.Case.ShowsAll ? model.Case.Steps * model.Case.Outputs : model.Case.Outputs);
    }

    private static void Give(StreamingModel model, SharedPrediction shared, ReadOnlySpan<float> input)
    {
        if (!model.Case.IsTokens)
        {
            input.CopyTo(shared.Values.Span);
            return;
        }

        var tokens = MemoryMarshal.Cast<float, int>(shared.Values.Span);
        for (var i = 0; i < input.Length; i++)
        {
            tokens[i] = (int)input[i];
        }
    }

    private static float[] Shown(StreamingModel model, SharedPrediction shared, int count) =>
        shared.Values.Span.Slice(AlignedBuffer.RoundUp(model.Case.Steps * model.Case.Inputs), count).ToArray();
}
