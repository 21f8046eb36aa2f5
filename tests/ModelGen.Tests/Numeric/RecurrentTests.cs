using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Recurrent layers of every kind, size, length and direction, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class RecurrentTests
{
    private static readonly string[] s_kinds = ["SimpleRNN", "LSTM", "GRU"];

    private static readonly ModelGroup s_models = new([.. Lengths(), .. Sizes(), .. LongSizes(), .. Stacks(), .. Options(), .. Initial(), .. Attentions()]);

    private static readonly ModelGroup s_long = new(s_kinds.Select(kind => $"Sequence(100, 2), {kind}(5, Bidirectional = true), Last, Dense(3), SoftmaxCrossEntropy"));

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> LongModels => s_long.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [MemberData(nameof(LongModels))]
    public void AgreeWithTheOracleOverAHundredSteps(string layers) => s_long.Check(layers, new Tolerance(1e-4, 1e-5));

    private static IEnumerable<string> Lengths() =>
        from length in Enumerable.Range(1, 17)
        let kind = s_kinds[length % 3]
        from bidirectional in new[] { "false", "true" }
        select $"Sequence({length}, 3), {kind}(4, Bidirectional = {bidirectional}), Dense(2), MeanSquaredError";

    private static IEnumerable<string> Sizes() =>
        from units in new[] { 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 127, 128, 129, 130 }
        from kind in units > 66 ? [s_kinds[units % 3]] : s_kinds
        select $"Sequence(3, {1 + (units % 4)}), {kind}({units}, Bidirectional = {(units % 2 == 0 ? "true" : "false")}), Last, Dense(2), MeanSquaredError";

    /// <summary>Weight gradients over more steps than are summed at once; states so wide that their weights are packed, and tables that threads share.</summary>
    private static IEnumerable<string> LongSizes() =>
    [
        .. from units in new[] { 16, 17, 33, 65, 70, 130 } select $"Sequence(17, 3), {s_kinds[units % 3]}({units}), Last, Dense(2), MeanSquaredError",
        "Sequence(16, 3), LSTM(185), Last, Dense(2), MeanSquaredError",
        "Sequence(17, 3), GRU(215, Bidirectional = true), Last, Dense(2), MeanSquaredError",
        "Tokens(9, Vocabulary = 67), Embedding(81), LSTM(90), Dense(67), SoftmaxCrossEntropy",
    ];

    private static IEnumerable<string> Stacks()
    {
        foreach (var kind in s_kinds)
        {
            yield return $"Sequence(5, 3), {kind}(4, Bidirectional = true), {kind}(3, Bidirectional = true), Dense(3), SoftmaxCrossEntropy";
            yield return $"Sequence(5, 3), {kind}(17), Dropout(0.3), {kind}(5), MeanOverTime, Dense(2), Huber";
            yield return $"Tokens(6, Vocabulary = 11), Embedding(5), {kind}(6), Dense(11), SoftmaxCrossEntropy";
            yield return $"Tokens(4, Vocabulary = 3), Embedding(17), {kind}(18, Bidirectional = true), Last, Dense(2), SoftmaxCrossEntropy";
            yield return $"Sequence(4, 5), LayerNorm, {kind}(6), LayerNorm, Dense(2), MeanSquaredError";
            yield return $"Sequence(4, 2), {kind}(3), MeanSquaredError";
        }
    }

    private static IEnumerable<string> Options()
    {
        foreach (var layer in new[] { "SimpleRNN(5, Activation = RecurrentActivation.ReLU", "LSTM(5, Peepholes = true", "LSTM(6, Projection = 2", "LSTM(6, Projection = 3, Peepholes = true", "GRU(5, ResetAfter = false" })
        {
            yield return $"Sequence(5, 3), {layer}), Dense(2), MeanSquaredError";
            yield return $"Sequence(4, 3), {layer}, Bidirectional = true), {layer}), Last, Dense(2), SoftmaxCrossEntropy";
        }
    }

    private static IEnumerable<string> Initial()
    {
        foreach (var (from, to) in new[] { ("LSTM", "LSTM"), ("GRU", "LSTM"), ("LSTM", "SimpleRNN"), ("GRU", "GRU") })
        {
            yield return $"Sequence(4, 2), {from}(3, Bidirectional = true), Label(\"m\"), Sequence(3, 2, Name = \"target\"), {to}(3, Bidirectional = true, InitialState = \"m\"), Dense(2), MeanSquaredError";
            yield return $"Sequence(4, 2), {from}(3), Label(\"m\"), {to}(3, InitialState = \"m\"), MeanSquaredError";
        }

        yield return "Input(4), Dense(6), Label(\"m\"), Sequence(3, 2, Name = \"steps\"), LSTM(3, Bidirectional = true, InitialState = \"m\"), MeanSquaredError";
        yield return "Input(4), Dense(3), Tanh, Label(\"m\"), Sequence(3, 2, Name = \"steps\"), GRU(3, InitialState = \"m\"), Dense(2), SoftmaxCrossEntropy";
    }

    private static IEnumerable<string> Attentions()
    {
        foreach (var score in new[] { "General", "Dot", "Additive" })
        {
            yield return $"Sequence(4, 2), Dense(3), Label(\"m\"), Sequence(3, 3, Name = \"target\"), GRU(3), Attention(\"m\", Score = AttentionScore.{score}, Units = 4), Dense(2), SoftmaxCrossEntropy";
            yield return $"Sequence(4, 2), GRU(3), Label(\"m\"), Last, Attention(\"m\", Score = AttentionScore.{score}), Dense(2), MeanSquaredError";
        }

        yield return "Sequence(5, 6), MultiHeadAttention(3), Dense(2), MeanSquaredError";
        yield return "Sequence(6, 4), PositionalEncoding, MultiHeadAttention(2, Causal = true), LayerNorm, Dense(3), SoftmaxCrossEntropy";
        yield return "Sequence(6, 4), PositionalEncoding(Learned = true), Dense(4), MultiHeadAttention(1), Dense(3), SoftmaxCrossEntropy";
        yield return "Sequence(4, 4), Dense(4), Label(\"m\"), Sequence(3, 4, Name = \"target\"), Dense(4), MultiHeadAttention(2, Memory = \"m\"), MeanSquaredError";
    }
}
