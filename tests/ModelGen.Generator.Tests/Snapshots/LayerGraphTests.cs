using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Snapshots;

/// <summary>How each layer and loss is written in primitives, forward and backward, after all passes.</summary>
public sealed class LayerGraphTests
{
    private const string Image = "Input(3, 6, 5)";
    private const string Volume = "Input(3, 4, 6, 5)";

    [Theory]
    [InlineData("Dense", "Input(5)", "Dense(3)")]
    [InlineData("DenseOverTime", "Sequence(4, 5)", "Dense(3)")]
    [InlineData("DenseWithoutBias", "Input(5)", "Dense(3, UseBias = false)")]
    [InlineData("Flatten", Image, "Flatten, Dense(2)")]
    [InlineData("Reshape", "Input(12)", "Dense(12), Reshape(3, 2, 2), Conv2D(2, 2)")]
    [InlineData("Permute", "Sequence(6, 5)", "Permute(1, 0), Conv1D(3, 2)")]
    [InlineData("Upsample2D", Image, "Conv2D(2, 1), Upsample2D(2)")]
    [InlineData("Upsample2DBilinear", "Input(3, 2, 3)", "Conv2D(2, 1), Upsample2D(3, Mode = Interpolation.Bilinear)")]
    [InlineData("Conv1D", "Input(3, 9)", "Conv1D(4, 3, Stride = 2, Padding = 1)")]
    [InlineData("Conv2D", Image, "Conv2D(4, 3, Stride = 2, Padding = Pad.Same, Dilation = 1)")]
    [InlineData("Conv2DGroups", "Input(4, 6, 5)", "Conv2D(6, 3, Groups = 2, Dilation = 2, Padding = 2)")]
    [InlineData("Conv3D", Volume, "Conv3D(4, 3, 2, 1, Stride = 2, Padding = Pad.Same)")]
    [InlineData("ConvTranspose1D", "Input(3, 9)", "Conv1D(2, 1), ConvTranspose1D(4, 3, Stride = 2)")]
    [InlineData("ConvTranspose2D", Image, "Conv2D(2, 1), ConvTranspose2D(4, 3, Stride = 2, Padding = 1, OutputPadding = 1)")]
    [InlineData("ConvTranspose3D", Volume, "Conv3D(2, 1), ConvTranspose3D(4, 2, Stride = 2, Groups = 2)")]
    [InlineData("DepthwiseConv2D", Image, "DepthwiseConv2D(3)")]
    [InlineData("MaxPool1D", "Input(3, 9)", "Conv1D(2, 1), MaxPool1D(3)")]
    [InlineData("MaxPool2D", Image, "Conv2D(2, 1), MaxPool2D(2, Stride = 1, Padding = 1)")]
    [InlineData("MaxPool3D", Volume, "Conv3D(2, 1), MaxPool3D(1, 2, 2)")]
    [InlineData("AveragePool1D", "Input(3, 9)", "Conv1D(2, 1), AveragePool1D(3)")]
    [InlineData("AveragePool2D", Image, "Conv2D(2, 1), AveragePool2D(2)")]
    [InlineData("AveragePool3D", Volume, "Conv3D(2, 1), AveragePool3D(2)")]
    [InlineData("GlobalAveragePool", Image, "Conv2D(2, 1), GlobalAveragePool")]
    [InlineData("GlobalMaxPool", Image, "Conv2D(2, 1), GlobalMaxPool")]
    [InlineData("ReLU", "Input(5)", "Dense(3), ReLU")]
    [InlineData("ReLUBeforePool", Image, "Conv2D(2, 1), ReLU, MaxPool2D(2)")]
    [InlineData("LeakyReLU", "Input(5)", "Dense(3), LeakyReLU")]
    [InlineData("ELU", "Input(5)", "Dense(3), ELU")]
    [InlineData("GELU", "Input(5)", "Dense(3), GELU")]
    [InlineData("SiLU", "Input(5)", "Dense(3), SiLU")]
    [InlineData("Sigmoid", "Input(5)", "Dense(3), Sigmoid")]
    [InlineData("Tanh", "Input(5)", "Dense(3), Tanh")]
    [InlineData("Softplus", "Input(5)", "Dense(3), Softplus")]
    [InlineData("Softmax", "Input(5)", "Dense(3), Softmax")]
    [InlineData("LogSoftmax", "Input(5)", "Dense(3), LogSoftmax")]
    [InlineData("BatchNorm", Image, "Conv2D(2, 1, UseBias = false), BatchNorm")]
    [InlineData("LayerNorm", "Sequence(4, 5)", "Dense(3), LayerNorm")]
    [InlineData("GroupNorm", Image, "Conv2D(4, 1), GroupNorm(2)")]
    [InlineData("SpatialDropout", Image, "Conv2D(2, 1), SpatialDropout(0.5)")]
    [InlineData("Dropout", "Input(5)", "Dense(3), Dropout(0.5)")]
    public void Layers(string hint, string input, string layers) => Match(hint, $"[Model, {input}, {layers}, MeanSquaredError] public partial class Net;");

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "SoftmaxCrossEntropy")]
    [InlineData("SoftmaxCrossEntropySmoothed", "SoftmaxCrossEntropy(LabelSmoothing = 0.1)")]
    [InlineData("SoftmaxCrossEntropyWeighted", "SoftmaxCrossEntropy(ClassWeights = [1, 2, 0.5])")]
    [InlineData("Focal", "Focal")]
    [InlineData("FocalWeighted", "Focal(Gamma = 1.5, IgnoreIndex = 0, ClassWeights = [1, 2, 0.5])")]
    [InlineData("Dice", "Dice")]
    [InlineData("BinaryCrossEntropy", "BinaryCrossEntropy")]
    [InlineData("MeanSquaredError", "MeanSquaredError")]
    [InlineData("MeanAbsoluteError", "MeanAbsoluteError")]
    [InlineData("Huber", "Huber(0.5)")]
    public void Losses(string hint, string loss) => Match(hint, $"[Model, Input(5), Dense(3), {loss}] public partial class Net;");

    [Theory]
    [InlineData("LSTM", "Tokens(4, Vocabulary = 3), Embedding(2), LSTM(2), Dense(3), SoftmaxCrossEntropy")]
    [InlineData("GRU", "Sequence(4, 2), GRU(2), Last, MeanSquaredError")]
    public void Recurrent(string hint, string layers) => Match(hint, $"[Model, {layers}] public partial class Net;");

    [Fact]
    public void PerceptronLoss() => Match("PerceptronLoss", "[Model, Input(2), Dense(1), PerceptronLoss] public partial class Net;");

    [Fact]
    public void CTC() => Match("CTC", "[Model, Sequence(6, 3), Dense(4), CTC(1, MaxLength = 2)] public partial class Net;");

    [Fact]
    public void Detection() => Match("Detection", "[Model, Input(2, 3, 4), Conv2D(14, 1), Detection(0.2, 0.3, 0.5, 0.4)] public partial class Net;");

    private static void Match(string hint, string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var network = SourceModels.Network(source, "Net");
        var text = string.Join("\n", Enum.GetValues<Mode>().Where(mode => mode != Mode.Stream || Streaming.Of(network) is not null).Select(mode => $"// {mode}\n{GraphPrinter.Print(ModelCompiler.BuildGraph(network, mode))}"));
        Snapshot.Match($"// {source}\n\n{text}", hint, extension: "txt", method: method);
    }
}
