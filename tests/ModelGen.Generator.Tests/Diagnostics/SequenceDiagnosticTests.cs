using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>What recurrent layers begin from and attention looks up.</summary>
public sealed class SequenceDiagnosticTests
{
    [Theory]
    [InlineData("LSTM(4, Bidirectional = true, Stateful = [|true|])", "lstm_1", "Bidirectional: the reverse direction begins at the end of each batch, where none before has been; remove one of them")]
    [InlineData("Label(\"m\"), GRU(3), GRU(3, InitialState = \"m\", Stateful = [|true|])", "gru_2", "InitialState: there are two states to begin from; remove one of them")]
    public Task StatefulElsewhere(string layers, string layer, string rest) => Check(
        DiagnosticDescriptors.StatefulElsewhere, "Sequence(5, 3), " + layers + ", MeanSquaredError", $"{layer}: Stateful and {rest.Replace(":", " exclude each other:", StringComparison.Ordinal)}");

    [Theory]
    [InlineData("GRU(4), Label(\"m\"), GRU(3, InitialState = [|\"m\"|])", "(5, 4); a vector (3), or a recurrent layer with a state of 3 is needed")]
    [InlineData("GRU(4), Label(\"m\"), GRU(4, Bidirectional = true, InitialState = [|\"m\"|])", "(5, 4); a vector (8), or a recurrent layer with a state of 4 in each direction is needed")]
    public Task WrongInitialState(string layers, string rest) => Check(
        DiagnosticDescriptors.WrongInitialState, "Sequence(5, 3), " + layers + ", MeanSquaredError", "gru_2: the state 'm' is " + rest);

    [Theory]
    [InlineData("GRU(4), Last, Label(\"m\"), Attention([|\"m\"|])", "attention_1: the memory is (4), (features); it needs (length, features)")]
    [InlineData("GRU(4), Label(\"m\"), GRU(3), Attention([|\"m\"|], Score = AttentionScore.Dot)", "attention_1: the memory is (5, 4), (length, features); it needs as many features as the query has, 3, for a dot product")]
    public Task WrongMemory(string layers, string message) => Check(
        DiagnosticDescriptors.WrongMemory, "Sequence(5, 3), " + layers + ", MeanSquaredError", message);

    [Theory]
    [InlineData("Embedding(4), Label(\"e\"), GRU(4), Dense(8, Tied = [|\"e\"|])", "the table of embedding_1, 9 rows of 4", 8, 4)]
    [InlineData("Embedding(4), Label(\"e\"), GRU(5), Dense(9, Tied = [|\"e\"|])", "the table of embedding_1, 9 rows of 4", 9, 5)]
    [InlineData("Embedding(4), GRU(4), Label(\"e\"), Dense(9, Tied = [|\"e\"|])", "no embedding, but (5, 4)", 9, 4)]
    public Task WrongTable(string layers, string found, int units, int features) => Check(
        DiagnosticDescriptors.WrongTable,
        $"Tokens(5, Vocabulary = 9), {layers}, SoftmaxCrossEntropy",
        $"dense_1: 'e' is {found}; Tied takes the label of an Embedding whose table has {units} rows, the units, of {features} numbers, the features");

    [Theory]
    [InlineData("Tokens(5, Vocabulary = 9), Embedding(4), Label(\"e\"), GRU(4), Dense(9, Tied = \"e\"), SoftmaxCrossEntropy")]
    [InlineData("Sequence(5, 3), GRU(4, Stateful = true), LSTM(4, Stateful = true, Projection = 2), Dense(2), MeanSquaredError")]
    [InlineData("Sequence(5, 3), GRU(4, Stateful = true)")]
    [InlineData("Tokens(5, Vocabulary = 3, Lengths = true), Embedding(4), GRU(4, Stateful = true), Last, Dense(2), SoftmaxCrossEntropy")]
    public Task StatefulLayersAreFine(string layers) => DiagnosticAssert.IsCleanAsync($"[Model, {layers}] public partial class Net;");

    private static Task Check(DiagnosticDescriptor descriptor, string layers, string message) =>
        DiagnosticAssert.IsOnlyAsync(descriptor, $"[Model, {layers}] public partial class Net;", message);
}
