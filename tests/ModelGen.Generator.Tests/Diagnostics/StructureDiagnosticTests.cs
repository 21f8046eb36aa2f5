using ModelGen.Generator.Diagnostics;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>Which layers may stand where, and what they are called.</summary>
public sealed class StructureDiagnosticTests
{
    [Theory]
    [InlineData("[Model] public partial class [|Net|];")]
    [InlineData("[Model, Dense(2)] public partial class [|Net|];")]
    public Task NoInput(string source) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NoInput, source, "The model Net has no input; begin its layers with Input, Sequence or Tokens");

    [Theory]
    [InlineData("[Model, [|Dense(3)|], Input(4), Dense(2)] public partial class Net;", "dense_1")]
    [InlineData("[Model, [|MeanSquaredError|], Input(4), Dense(2)] public partial class Net;", "mean_squared_error_1")]
    public Task InputNotFirst(string source, string layer) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.InputNotFirst,
        source,
        $"{layer} stands before the first input and has nothing to take; begin the layers with Input, Sequence or Tokens");

    [Theory]
    [InlineData("[Model, [|Input(4)|]] public partial class Net;", "input")]
    [InlineData("[Model, [|Input(4)|], MeanSquaredError] public partial class Net;", "input")]
    [InlineData("[Model, Input(4), Dense(1), MeanSquaredError, [|Input(4)|]] public partial class Net;", "input_2")]
    public Task NoLayers(string source, string input) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NoLayers, source, $"No layer takes the input {input}; add the layers of the network after it");

    [Fact]
    public Task LayerAfterLoss() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.LayerAfterLoss,
        "[Model, Input(4), Dense(2), SoftmaxCrossEntropy, [|ReLU|]] public partial class Net;",
        "relu_1 stands after the loss softmax_cross_entropy_1, which ends the chain; only From, an input or another loss may follow, so move it before the loss");

    [Fact]
    public Task AnotherChainOrLossAfterLossIsFine() => DiagnosticAssert.IsCleanAsync(
        "[Model, Input(4), Dense(1), MeanSquaredError, Huber(Weight = 0.5), Input(3), Dense(2), SoftmaxCrossEntropy] public partial class Net;");

    [Theory]
    [InlineData("[Model, Input(4), Dense(3, Name = \"a\"), Dense(2, Name = [|\"a\"|])] public partial class Net;", "a")]
    [InlineData("[Model, Input(4), Dense(3, Name = \"dense_2\"), [|Dense(2)|]] public partial class Net;", "dense_2")]
    [InlineData("[Model, Input(4, Name = \"a\"), Dense(3, Name = [|\"a\"|])] public partial class Net;", "a")]
    public Task DuplicateName(string source, string name) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.DuplicateName, source, $"The name '{name}' is taken by another layer of the model; names must be unique");

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a.b")]
    [InlineData("a b")]
    public Task InvalidName(string name) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.InvalidName,
        $"[Model, Input(4), Dense(2, Name = [|\"{name}\"|])] public partial class Net;",
        $"'{name}' cannot be the name of a layer: it must begin with a letter or underscore and go on with letters, digits and underscores");

    [Fact]
    public Task KeywordsAndLettersOfAnyScriptAreNames() => DiagnosticAssert.IsCleanAsync(
        "[Model, Input(4, Name = \"class\"), Dense(2, Name = \"größe_1\"), MeanSquaredError] public partial class Net;");

    [Fact]
    public Task UnknownOutput() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.UnknownOutput,
        "[Model, Input(4), Dense(2), MeanSquaredError(On = [|\"boxes\"|])] public partial class Net;",
        "mean_squared_error_1: there is no output 'boxes' before it; there is 'output'");

    [Fact]
    public Task LossOnAnEarlierOutputIsFine() => DiagnosticAssert.IsCleanAsync(
        "[Model, Input(4), Dense(1), Input(3), Dense(2), SoftmaxCrossEntropy(On = \"output_2\"), MeanSquaredError(On = \"output\")] public partial class Net;");

    [Theory]
    [InlineData("new Net().[|CreateTrainer|](null!, 1)")]
    [InlineData("net.[|Fit|](null!)")]
    public Task NoLoss(string call) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NoLoss,
        $"[Model, Input(4), Dense(2)] public partial class Net; public static class Program {{ public static void Main(Net net) => {call}; }}",
        "The model Net has no loss to train with; end its layers with one, such as SoftmaxCrossEntropy for classes or MeanSquaredError for numbers");

    [Fact]
    public Task MethodsOfTheUsersWithThoseNamesAreFine() => DiagnosticAssert.IsCleanAsync(
        "[Model, Input(4), Dense(2)] public partial class Net; public static class Program { static int Fit(this Net net) => 1; public static int Main(Net net) => net.Fit(); }");

    [Fact]
    public Task ModelWithoutLossIsFine() => DiagnosticAssert.IsCleanAsync("[Model, Input(4), Dense(2), Softmax] public partial class Net;");
}
