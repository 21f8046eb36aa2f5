using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Options of recurrent layers, embeddings and attention, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceTests
{
    private static readonly ModelGroup s_models = new([.. Options(), .. Tokens(), .. Attention()]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    private static IEnumerable<string> Options()
    {
        yield return "Sequence(6, 3), SimpleRNN(5, Activation = RecurrentActivation.ReLU), MeanOverTime, MeanSquaredError";
        yield return "Sequence(6, 3), LSTM(5, Peepholes = true), MeanSquaredError";
        yield return "Sequence(6, 3), LSTM(7, Projection = 4), LSTM(6, Projection = 3, Peepholes = true), MeanSquaredError";
        yield return "Sequence(6, 3), GRU(5, ResetAfter = false), MeanSquaredError";
        yield return "Sequence(6, 3), GRU(5, ResetAfter = false, Bidirectional = true), MeanOverTime, MeanSquaredError";
        yield return "Sequence(6, 3), LayerNorm, LSTM(5), LayerNorm, Dropout(0.3), Dense(2), Tanh, MeanSquaredError";
    }

    private static IEnumerable<string> Tokens()
    {
        yield return "Tokens(5, Vocabulary = 7), Embedding(4), MeanSquaredError";
        yield return "Tokens(5, Vocabulary = 7), Embedding(4), Dense(3), MeanSquaredError";
        yield return "Tokens(5, Vocabulary = 200), Embedding(4), Dense(3), MeanSquaredError";
        yield return "Tokens(9, Vocabulary = 11), Embedding(6), LSTM(20), Dense(11), SoftmaxCrossEntropy";
        yield return "Tokens(9, Vocabulary = 11), Embedding(17), GRU(18), Last, Dense(11), SoftmaxCrossEntropy";
        yield return "Tokens(9, Vocabulary = 11), Embedding(6), Label(\"e\"), LSTM(6), Dense(11, Tied = \"e\"), SoftmaxCrossEntropy";
        yield return "Tokens(4, Vocabulary = 300), Embedding(5), Label(\"e\"), GRU(7), Dense(5, UseBias = false), Dense(300, Tied = \"e\", UseBias = false), SoftmaxCrossEntropy";
        yield return "Tokens(5, Vocabulary = 9, Lengths = true), Embedding(4), Label(\"e\"), PositionalEncoding, MultiHeadAttention(2), Last, Dense(9, Tied = \"e\"), SoftmaxCrossEntropy";
        yield return "Tokens(5, Vocabulary = 9), Embedding(4), Label(\"e\"), Dense(9, Tied = \"e\"), MeanSquaredError";
        yield return "Tokens(1, Vocabulary = 3), Embedding(1), SimpleRNN(1), Last, Dense(2), SoftmaxCrossEntropy";
    }

    private static IEnumerable<string> Attention()
    {
        yield return "Sequence(5, 6), MultiHeadAttention(2), MeanSquaredError";
        yield return "Sequence(5, 6), PositionalEncoding, MultiHeadAttention(3, Causal = true), LayerNorm, Dense(4), MeanSquaredError";
        yield return "Sequence(5, 7), PositionalEncoding(Learned = true), MultiHeadAttention(1), MeanOverTime, MeanSquaredError";
        yield return "Sequence(1, 3), PositionalEncoding, Dense(2), MeanSquaredError";
    }
}
