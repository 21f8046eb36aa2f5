using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>Combinations of layers that compile and run but do not learn as they should.</summary>
public sealed class TrainingDiagnosticTests
{
    [Theory]
    [InlineData("Input(4), Dense(2), [|Softmax|], SoftmaxCrossEntropy", "softmax_1", "softmax_cross_entropy_1")]
    [InlineData("Input(4), Dense(2), [|LogSoftmax|], SoftmaxCrossEntropy", "log_softmax_1", "softmax_cross_entropy_1")]
    [InlineData("Input(4), Dense(2), [|Softmax|], Focal", "softmax_1", "focal_1")]
    [InlineData("Input(4), Dense(2), [|LogSoftmax|], Focal", "log_softmax_1", "focal_1")]
    [InlineData("Sequence(4, 2), Dense(3), [|Softmax|], CTC", "softmax_1", "ctc_1")]
    public Task SoftmaxBeforeLoss(string layers, string layer, string loss) => Check(
        DiagnosticDescriptors.SoftmaxBeforeLoss, layers, $"{layer} stands before {loss}, which applies softmax itself; remove it");

    [Theory]
    [InlineData("BinaryCrossEntropy", "binary_cross_entropy_1")]
    [InlineData("Dice", "dice_1")]
    public Task SigmoidBeforeLoss(string attribute, string loss) => Check(
        DiagnosticDescriptors.SigmoidBeforeLoss,
        $"Input(4), Dense(2), [|Sigmoid|], {attribute}",
        $"sigmoid_1 stands before {loss}, which applies sigmoid itself; remove it");

    [Theory]
    [InlineData("Sequence(4, 3, Lengths = true), GRU(2), [|Flatten|], Dense(2), MeanSquaredError", "flatten_1", "input")]
    [InlineData("Tokens(4, Vocabulary = 9, Lengths = true, Name = \"text\"), Embedding(2), [|Permute(1, 0)|], GlobalMaxPool, Dense(2), MeanSquaredError", "permute_1", "text")]
    public Task LengthsLost(string layers, string layer, string input) => Check(
        DiagnosticDescriptors.LengthsLost,
        layers,
        $"{layer} gives up which steps count: layers and losses after it take the padding of '{input}' for data; use Last or MeanOverTime, or stay with sequences");

    [Theory]
    [InlineData("Sequence(4, 3, Lengths = true), GRU(2), Last, Dense(2), MeanSquaredError")]
    [InlineData("Sequence(4, 3, Lengths = true), Dense(2), LayerNorm, MeanOverTime, Dense(2), MeanSquaredError")]
    [InlineData("Sequence(4, 3, Lengths = true), GRU(2), Label(\"m\"), Input(2), Attention(\"m\"), MeanSquaredError")]
    public Task LengthsAreOfUse(string layers) => DiagnosticAssert.IsCleanAsync($"[Model, {layers}] public partial class Net;");

    [Theory]
    [InlineData("Input(1, 8, 8), [|Conv2D(4, 3)|], BatchNorm", "conv2d_1")]
    [InlineData("Input(4), [|Dense(4, UseBias = true)|], BatchNorm", "dense_1")]
    public Task BiasBeforeBatchNorm(string layers, string layer) => Check(
        DiagnosticDescriptors.BiasBeforeBatchNorm, layers, $"The bias of {layer} has no effect, because batch_norm_1 subtracts the mean; set UseBias = false");

    [Fact]
    public Task NoGradient() => Check(
        DiagnosticDescriptors.NoGradient,
        "Input(4), Dense(3), [|Step|], Dense(1), MeanSquaredError",
        "The slope of step_1 is zero everywhere, so dense_1.weight before it will never learn");

    [Theory]
    [InlineData("Input(4), Dense(3), Step")]
    [InlineData("Input(4), Step, Dense(1), MeanSquaredError")]
    [InlineData("Input(4), Dense(4, UseBias = false), BatchNorm")]
    [InlineData("Input(4), Dense(4), ReLU, BatchNorm")]
    public Task NothingToSay(string layers) => DiagnosticAssert.IsCleanAsync($"[Model, {layers}] public partial class Net;");

    private static Task Check(DiagnosticDescriptor descriptor, string layers, string message) =>
        DiagnosticAssert.IsOnlyAsync(descriptor, $"[Model, {layers}] public partial class Net;", message);
}
