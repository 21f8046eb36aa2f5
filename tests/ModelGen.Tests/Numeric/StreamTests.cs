using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// Causal networks one step of time after another: what a stream shows is what a prediction of the whole sequence shows,
/// which the oracle judges in the tests of recurrent layers.
/// </summary>
[Trait("Category", "Numeric")]
[Collection(nameof(AllocationTests))]
public sealed class StreamTests
{
    private const string Gru = "Sequence(9, 5), GRU(19), Dense(3), SoftmaxCrossEntropy";
    private const string Text = "Tokens(7, Vocabulary = 11), Embedding(6), LSTM(20), Dense(11), SoftmaxCrossEntropy";

    private const string Attending = "Sequence(6, 4), MultiHeadAttention(2, Causal = true), MeanSquaredError";

    private static readonly Dictionary<string, Lazy<StreamingModel>> s_models = StreamingModel.For(
        new(Gru, 9, 5, 3),
        new(Text, 7, 1, 11) { Tokens = 11 },
        new("Sequence(6, 3), SimpleRNN(5, Activation = RecurrentActivation.ReLU), Dense(2), MeanSquaredError", 6, 3, 2),
        new("Sequence(8, 3), GRU(32), Last, Dense(4), ReLU, Dense(2), MeanSquaredError", 8, 3, 2, ShowsAll: false),
        new("Sequence(5, 4), LSTM(16, Peepholes = true, Projection = 7), LayerNorm, GRU(21, ResetAfter = false), Dropout(0.1), SimpleRNN(3), SiLU, MeanOverTime, Dense(4), SoftmaxCrossEntropy", 5, 4, 4, ShowsAll: false),
        new("Sequence(4, 1), LSTM(1), MeanSquaredError", 4, 1, 1),
        new("Sequence(3, 130), LSTM(130), Last", 3, 130, 130, ShowsAll: false),
        new("Tokens(5, Vocabulary = 2000), Embedding(33), Label(\"e\"), GRU(33), Add(\"e\"), BatchNorm, Softmax", 5, 1, 33) { Tokens = 2000 },
        new("Sequence(6, 3, Lengths = true), GRU(5), LSTM(4), Dense(2), MeanSquaredError", 6, 3, 2),
        new("Tokens(6, Vocabulary = 3, Lengths = true), Embedding(4), GRU(5), Last, Dense(2), SoftmaxCrossEntropy", 6, 1, 2, ShowsAll: false) { Tokens = 3 },
        new(Attending, 6, 4, 4),
        new("Sequence(5, 3), PositionalEncoding, MultiHeadAttention(1, Causal = true), GRU(4), Dense(2), MeanSquaredError", 5, 3, 2),
        new("Tokens(11, Vocabulary = 13, Lengths = true), Embedding(12), PositionalEncoding(Learned = true), Label(\"x\"), LayerNorm, MultiHeadAttention(3, Causal = true), Add(\"x\"), Label(\"y\"), LayerNorm, Dense(20), GELU, Dense(12), Add(\"y\"), MultiHeadAttention(2, Causal = true), Dense(13), SoftmaxCrossEntropy", 11, 1, 13) { Tokens = 13 },
        new("Sequence(20, 36), MultiHeadAttention(2, Causal = true), Last, Dense(3), SoftmaxCrossEntropy", 20, 36, 3, ShowsAll: false),
        new("Tokens(6, Vocabulary = 3), Embedding(3), MeanOverTime, Dense(2), SoftmaxCrossEntropy", 6, 1, 2, ShowsAll: false) { Tokens = 3 });

    private static readonly ModelGroup s_others = new(
        "Sequence(4, 3), GRU(3, Bidirectional = true), MeanSquaredError",
        "Sequence(4, 2), GRU(3), Label(\"m\"), GRU(3, InitialState = \"m\"), MeanSquaredError",
        "Sequence(4, 2), GRU(3), Label(\"m\"), Last, Attention(\"m\"), Dense(2), MeanSquaredError",
        "Sequence(6, 4), MultiHeadAttention(2), MeanSquaredError",
        "Input(4), Dense(2), MeanSquaredError");

    public static TheoryData<string> Models => [.. s_models.Keys];

    public static TheoryData<string> OtherModels => s_others.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void StepsShowWhatTheWholeSequenceShows(string layers)
    {
        var model = s_models[layers].Value;
        var (input, whole) = (model.Case.Input, model.PredictWhole());
        model.State.Reset();
        var shown = new float[model.Case.Outputs];
        for (var t = 0; t < model.Case.Steps; t++)
        {
            model.Step(model.Case.Step(input, t), shown);
            if (model.Case.ShowsAll)
            {
                AssertClose(model.Case.Shown(whole, t), shown);
            }
        }

        AssertClose(whole[^shown.Length..], shown);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OneSequenceShowsWhatABatchShows(string layers)
    {
        const int Samples = 18;
        var model = s_models[layers].Value;
        var whole = model.PredictWhole();
        var batch = new float[Samples * whole.Length];
        model.Predict([.. Enumerable.Repeat(model.Case.Input, Samples).SelectMany(sample => sample)], batch);
        AssertClose([.. Enumerable.Repeat(whole, Samples).SelectMany(sample => sample)], batch);
    }

    [Fact]
    public void AttentionSeesTheLastStepsOfALongStream()
    {
        var model = s_models[Attending].Value;
        var (steps, inputs) = (model.Case.Steps, model.Case.Inputs);
        float[] input = [.. Enumerable.Range(0, 4 * steps * inputs).Select(i => MathF.Sin(i * 0.7f))];
        var (shown, whole) = (new float[model.Case.Outputs], new float[steps * model.Case.Outputs]);
        model.State.Reset();
        for (var t = 0; t < 4 * steps; t++)
        {
            model.Step(model.Case.Step(input, t), shown);
            if (t >= steps)
            {
                model.Predict(input[((t + 1 - steps) * inputs)..((t + 1) * inputs)], whole);
                AssertClose(model.Case.Shown(whole, steps - 1), shown);
            }
        }
    }

    [Theory]
    [InlineData(Gru)]
    [InlineData(Text)]
    [InlineData(Attending)]
    public void TwoStreamsOfOnePredictorDoNotMix(string layers)
    {
        var model = s_models[layers].Value;
        var (input, whole) = (model.Case.Input, model.PredictWhole());
        var (first, second) = (model.CreateState(), model.CreateState());
        var shown = new float[model.Case.Outputs];
        for (var t = 0; t < model.Case.Steps; t++)
        {
            model.State = first;
            model.Step(model.Case.Step(input, t), shown);
            AssertClose(model.Case.Shown(whole, t), shown);
            model.State = second;
            model.Step(model.Case.Step(input, model.Case.Steps - 1 - t), shown);
        }
    }

    [Theory]
    [InlineData(Gru)]
    [InlineData(Text)]
    [InlineData(Attending)]
    public void AStreamGoesOnFromACopyAndFromAFile(string layers)
    {
        var model = s_models[layers].Value;
        var (input, third) = (model.Case.Input, model.Case.Shown(model.PredictWhole(), 2));
        var shown = new float[model.Case.Outputs];
        model.State = model.CreateState();
        model.Step(model.Case.Step(input, 0), shown);
        model.Step(model.Case.Step(input, 1), shown);
        var copy = model.State.Clone();
        var path = Path.GetTempFileName();
        try
        {
            model.State.Save(path);
            var loaded = model.CreateState();
            loaded.Load(path);
            model.State.Reset();
            foreach (var state in new[] { copy, loaded })
            {
                model.State = state;
                model.Step(model.Case.Step(input, 2), shown);
                Assert.Equal(third, shown);
            }

            var other = s_models[layers == Gru ? Text : Gru].Value.CreateState();
            Assert.Contains("no such tensor", Assert.Throws<ModelFormatException>(() => other.Load(path)).Message, StringComparison.Ordinal);
            Assert.Contains("a state of Streamed", Assert.Throws<ArgumentException>(() => model.State = other).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => copy.CopyTo(other));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void PartsOfTheStateHaveNames()
    {
        var state = s_models[Text].Value.CreateState();
        Assert.Equal(["lstm_1.state", "lstm_1.cell"], state.Names);
        Assert.Equal(20, state["lstm_1.cell"].Length);
        Assert.Contains("lstm_1.cell", Assert.Throws<KeyNotFoundException>(() => state["lstm_1.sell"].Length).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AStepAllocatesNothing(string layers)
    {
        var model = s_models[layers].Value;
        var (input, shown) = (model.Case.Input, new float[model.Case.Outputs]);
        model.Step(model.Case.Step(input, 0), shown);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            model.Step(model.Case.Step(input, 0), shown);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void WrongStepsAreRefused()
    {
        var text = s_models[Text].Value;
        Assert.Equal("tokens: token 11 of row 0, place 0; expected 0 … 10. (Parameter 'tokens')", Assert.Throws<ArgumentException>(() => text.Step([11], new float[11])).Message);
        Assert.Equal("output: 10 numbers; expected 11, those of one step. (Parameter 'output')", Assert.Throws<ArgumentException>(() => text.Step([1], new float[10])).Message);
        Assert.Equal("input: 4 numbers; expected 5, those of one step. (Parameter 'input')", Assert.Throws<ArgumentException>(() => s_models[Gru].Value.Step(new float[4], new float[3])).Message);
    }

    [Theory]
    [MemberData(nameof(OtherModels))]
    public void NetworksThatNeedTheWholeSequenceHaveNoStep(string layers) =>
        Assert.Null(s_others[layers].ModelType.GetNestedType("Predictor")!.GetMethod("Step"));

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-6f + (1e-5f * MathF.Abs(expected[i])));
        }
    }
}
