using ModelGen.Tests.Numeric;
using ModelGen.Tests.Oracles;
using Xunit;

namespace ModelGen.Tests.Interpretation;

/// <summary>Lowering and differentiation mean what the oracle says, and no pass changes a number, in double precision.</summary>
public sealed class PassTests
{
    private static readonly string[] s_left = ["(64,"];

    [Theory]
    [InlineData("convolutions")]
    [InlineData("pools")]
    [InlineData("activations")]
    [InlineData("normalisations")]
    [InlineData("losses")]
    [InlineData("sequences")]
    public void KeepEveryNumberOfGoldenModels(string group)
    {
        // No step of 64, which the interpreter would walk for each pass, and nothing the compiler does not take yet.
        Golden[] goldens = [.. Golden.Read(group).Where(golden => !s_left.Any(golden.Layers.Contains))];
        var layers = goldens.Select(golden => golden.Layers).ToArray();
        foreach (var ((golden, network), oracle) in goldens.Zip(NetworkModels.For(layers)).Zip(OracleModels.For(layers)))
        {
            GraphComparison.Check(golden.Layers, network, oracle, golden.Ignored, golden.Lengths);
        }
    }

    [Fact]
    public void KeepEveryNumberOfRandomChains() => Check([.. Enumerable.Range(0, 60).Select(seed => new RandomChain(seed).Layers)]);

    [Fact]
    public void KeepEveryNumberOfRandomGraphs() => Check([.. Enumerable.Range(0, 300).Select(seed => new RandomGraph(seed).Layers)]);

    [Fact]
    public void KeepEveryNumberOfOtherModels() => Check(
    [
        "Input(4), Dense(3), SoftmaxCrossEntropy, MeanSquaredError(Weight = 0.1)",
        "Input(4), Dense(3), MeanSquaredError, Input(2, 5), Conv1D(3, 2), GlobalAveragePool, SoftmaxCrossEntropy(Weight = 2)",
        "Input(3), Dense(2), Input(4), Dense(3), SoftmaxCrossEntropy, Huber(On = \"output\")",
        "Input(2, 6, 6), Conv2D(3, 3), ReLU, MaxPool2D(2), Conv2D(4, 2), Tanh, GlobalMaxPool, Dense(2), PerceptronLoss",
        "Input(5), Dense(4), Step, Dense(3), MeanSquaredError",
        "Input(3), Dense(4), Softmax",
        "Input(2, 3, 4), Conv2D(21, 1), Detection(0.2, 0.3, 0.5, 0.4, 0.3, 0.3)",
        "Sequence(8, 3, Lengths = true), Dense(4), CTC(2, MaxLength = 3, Weight = 0.5)",
        "Sequence(4, 2, Lengths = true), LSTM(3, Bidirectional = true), Label(\"m\"), Sequence(3, 2, Lengths = true, Name = \"target\"), LSTM(3, Bidirectional = true, InitialState = \"m\"), Attention(\"m\"), Dense(2), MeanSquaredError",
        "Tokens(5, Vocabulary = 9, Lengths = true), Embedding(4), PositionalEncoding, MultiHeadAttention(2, Causal = true), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        "Tokens(5, Vocabulary = 7), Embedding(4), Label(\"e\"), GRU(4), Dense(7, Tied = \"e\"), SoftmaxCrossEntropy",
        "Sequence(5, 2, Lengths = true), Dense(2), Dice, Focal, BinaryCrossEntropy, PerceptronLoss",
    ]);

    private static void Check(string[] layers)
    {
        foreach (var ((text, network), oracle) in layers.Zip(NetworkModels.For(layers)).Zip(OracleModels.For(layers)))
        {
            GraphComparison.Check(text, network, oracle);
        }
    }
}
