using ModelGen.Generator.Layers;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Layers;

/// <summary>The shape and parameters of every layer.</summary>
public sealed class LayerInferenceTests
{
    [Theory]
    [InlineData("Input(7), Tanh", "(7) (features)")]
    [InlineData("Input(3, 40), Tanh", "(3, 40) (channels, length)")]
    [InlineData("Input(3, 8, 9), Tanh", "(3, 8, 9) (channels, height, width)")]
    [InlineData("Input(3, 7, 8, 9), Tanh", "(3, 7, 8, 9) (channels, depth, height, width)")]
    [InlineData("Sequence(40, 3), Tanh", "(40, 3) (length, features)")]
    [InlineData("Input(7), Dense(5)", "(5) (features)")]
    [InlineData("Sequence(40, 3), Dense(5)", "(40, 5) (length, features)")]
    [InlineData("Input(3, 8, 9), Flatten", "(216) (features)")]
    [InlineData("Sequence(40, 3), Flatten", "(120) (features)")]
    [InlineData("Input(216), Reshape(3, 8, 9)", "(3, 8, 9) (channels, height, width)")]
    [InlineData("Input(3, 8, 9), Permute(0, 2, 1)", "(3, 9, 8) (channels, height, width)")]
    [InlineData("Input(3, 8, 9), Permute(1, 2, 0)", "(8, 9, 3) (height, width, channels)")]
    [InlineData("Sequence(40, 3), Permute(1, 0)", "(3, 40) (channels, length)")]
    [InlineData("Sequence(40, 3), Permute(0, 1)", "(40, 3) (length, features)")]
    [InlineData("Input(3, 40), Permute(1, 0)", "(40, 3) (length, features)")]
    [InlineData("Input(3, 8, 9), Upsample2D(2)", "(3, 16, 18) (channels, height, width)")]
    [InlineData("Input(3, 8, 9), Upsample2D(1, 3)", "(3, 8, 27) (channels, height, width)")]
    [InlineData("Input(3, 8, 9), Upsample2D(2, Mode = Interpolation.Bilinear)", "(3, 16, 18) (channels, height, width)")]
    [InlineData("Input(4, 8, 9), GroupNorm(2), SpatialDropout(0.1)", "(4, 8, 9) (channels, height, width)")]
    [InlineData("Input(3, 40), Conv1D(5, 4)", "(5, 37) (channels, length)")]
    [InlineData("Input(3, 40), Conv1D(5, 4, Stride = 3, Padding = 2, Dilation = 2)", "(5, 13) (channels, length)")]
    [InlineData("Input(3, 40), Conv1D(5, 4, Stride = 3, Padding = Pad.Same)", "(5, 14) (channels, length)")]
    [InlineData("Input(1, 28, 28), Conv2D(6, 5)", "(6, 24, 24) (channels, height, width)")]
    [InlineData("Input(1, 4, 4), Conv2D(6, 4)", "(6, 1, 1) (channels, height, width)")]
    [InlineData("Input(4, 28, 20), Conv2D(6, 5, 3, Strides = [2, 1], Paddings = [2, 0], Dilations = [1, 4], Groups = 2)", "(6, 14, 12) (channels, height, width)")]
    [InlineData("Input(1, 7, 8), Conv2D(6, 3, Padding = Pad.Same, Stride = 2)", "(6, 4, 4) (channels, height, width)")]
    [InlineData("Input(1, 1, 1), Conv2D(6, 5, Padding = Pad.Same)", "(6, 1, 1) (channels, height, width)")]
    [InlineData("Input(1, 5, 5), Conv2D(6, 3, Paddings = [Pad.Same, 0])", "(6, 5, 3) (channels, height, width)")]
    [InlineData("Input(1, 8, 32, 32), Conv3D(8, 3)", "(8, 6, 30, 30) (channels, depth, height, width)")]
    [InlineData("Input(4, 8, 28, 20), Conv3D(6, 3, 5, 2, Strides = [1, 2, 3], Paddings = [Pad.Same, 2, 0], Dilations = [2, 1, 4], Groups = 2)", "(6, 8, 14, 6) (channels, depth, height, width)")]
    [InlineData("Input(4, 9), ConvTranspose1D(6, 4, Stride = 2, Padding = 1)", "(6, 18) (channels, length)")]
    [InlineData("Input(4, 8, 9), ConvTranspose2D(6, 2, Stride = 2)", "(6, 16, 18) (channels, height, width)")]
    [InlineData("Input(4, 8, 9), ConvTranspose2D(6, 3, 2, Strides = [2, 3], Paddings = [1, Pad.Same], OutputPaddings = [1, 0], Dilations = [1, 2])", "(6, 16, 27) (channels, height, width)")]
    [InlineData("Input(4, 3, 8, 9), ConvTranspose3D(6, 3)", "(6, 5, 10, 11) (channels, depth, height, width)")]
    [InlineData("Input(4, 8, 9), DepthwiseConv2D(3)", "(4, 6, 7) (channels, height, width)")]
    [InlineData("Input(4, 8, 9), DepthwiseConv2D(3, 1, DepthMultiplier = 2, Stride = 2)", "(8, 3, 5) (channels, height, width)")]
    [InlineData("Input(4, 9), MaxPool1D(2)", "(4, 4) (channels, length)")]
    [InlineData("Input(4, 9), AveragePool1D(3, Stride = 1, Padding = 1)", "(4, 9) (channels, length)")]
    [InlineData("Input(4, 9, 8), MaxPool2D(2)", "(4, 4, 4) (channels, height, width)")]
    [InlineData("Input(4, 9, 8), MaxPool2D(3, 2)", "(4, 3, 4) (channels, height, width)")]
    [InlineData("Input(4, 9, 8), AveragePool2D(2, Padding = Pad.Same)", "(4, 5, 4) (channels, height, width)")]
    [InlineData("Input(4, 9, 8), AveragePool2D(2, Strides = [1, 3], Paddings = [1, 0])", "(4, 10, 3) (channels, height, width)")]
    [InlineData("Input(4, 7, 9, 8), MaxPool3D(2)", "(4, 3, 4, 4) (channels, depth, height, width)")]
    [InlineData("Input(4, 7, 9, 8), AveragePool3D(1, 2, 3, Strides = [2, 1, 3], Paddings = [0, 1, Pad.Same])", "(4, 4, 10, 3) (channels, depth, height, width)")]
    [InlineData("Input(4, 9, 8), GlobalAveragePool", "(4) (features)")]
    [InlineData("Input(4, 9), GlobalMaxPool", "(4) (features)")]
    [InlineData("Input(4, 7, 9, 8), GlobalMaxPool", "(4) (features)")]
    [InlineData("Input(4, 9, 8), BatchNorm, ReLU, Dropout(0.1), LayerNorm, Softmax", "(4, 9, 8) (channels, height, width)")]
    [InlineData("Sequence(9, 4), BatchNorm, GELU, LayerNorm, LogSoftmax", "(9, 4) (length, features)")]
    [InlineData("Input(10, 9, 8), ReLU, SoftmaxCrossEntropy", "(10, 9, 8) (channels, height, width)")]
    public void Shape(string layers, string type)
    {
        var result = LastOf(layers).Type;
        Assert.Equal(type, $"{result} {result.Roles}");
    }

    [Theory]
    [InlineData("Input(7), Dense(5)", "weight (5, 7) UniformFanIn 7 5", "bias (5) UniformFanIn 7 5")]
    [InlineData("Sequence(40, 7), Dense(5, UseBias = false)", "weight (5, 7) UniformFanIn 7 5")]
    [InlineData("Input(4, 40), Conv1D(6, 3, Groups = 2)", "weight (6, 2, 3) UniformFanIn 6 18", "bias (6) UniformFanIn 6 18")]
    [InlineData("Input(3, 9, 9), Conv2D(6, 5, 2)", "weight (6, 3, 5, 2) UniformFanIn 30 60", "bias (6) UniformFanIn 30 60")]
    [InlineData("Input(4, 9, 9, 9), Conv3D(6, 5, 2, 3, Groups = 2)", "weight (6, 2, 5, 2, 3) UniformFanIn 60 180", "bias (6) UniformFanIn 60 180")]
    [InlineData("Input(4, 9, 9), ConvTranspose2D(6, 5, 2, Groups = 2)", "weight (4, 3, 5, 2) UniformFanIn 30 40", "bias (6) UniformFanIn 30 40")]
    [InlineData("Input(3, 9, 9), DepthwiseConv2D(5, DepthMultiplier = 2, UseBias = false)", "weight (6, 1, 5, 5) UniformFanIn 25 150")]
    [InlineData("Input(3, 9, 9), BatchNorm", "weight (3) Ones 0 0", "bias (3) Zeros 0 0", "running_mean (3) Zeros 0 0 statistic", "running_var (3) Ones 0 0 statistic")]
    [InlineData("Input(4, 9, 9), GroupNorm(2)", "weight (4) Ones 0 0", "bias (4) Zeros 0 0")]
    [InlineData("Input(3, 9, 9), LayerNorm", "weight (3, 9, 9) Ones 0 0", "bias (3, 9, 9) Zeros 0 0")]
    [InlineData("Sequence(9, 5), LayerNorm", "weight (5) Ones 0 0", "bias (5) Zeros 0 0")]
    public void Parameters(string layers, params string[] parameters) => Assert.Equal(
        parameters,
        LastOf(layers).Parameters.Select(parameter =>
            $"{parameter.Name} {parameter.Shape} {parameter.Initial} {parameter.FanIn} {parameter.FanOut}{(parameter.IsStatistic ? " statistic" : "")}"));

    [Theory]
    [InlineData("Input(10), ReLU, SoftmaxCrossEntropy", "()", 10)]
    [InlineData("Input(10, 9, 8), ReLU, SoftmaxCrossEntropy", "(9, 8)", 10)]
    [InlineData("Sequence(9, 10), ReLU, SoftmaxCrossEntropy", "(9)", 10)]
    [InlineData("Input(1), ReLU, PerceptronLoss", "(1)", 2)]
    [InlineData("Input(3, 4), ReLU, BinaryCrossEntropy", "(3, 4)", 0)]
    [InlineData("Input(3, 4), ReLU, MeanAbsoluteError", "(3, 4)", 0)]
    public void Labels(string layers, string shape, int classes)
    {
        var loss = LastOf(layers);
        var layer = (LossLayer)loss.Layer;
        Assert.Equal((shape, classes), (layer.LabelShape(loss.InputType).ToString(), layer.Classes(loss.InputType)));
        Assert.Equal(classes > 0 ? LabelKind.Classes : LabelKind.Targets, layer.Labels);
    }

    private static LayerNode LastOf(string layers) => SourceModels.Network($"[Model, {layers}] public partial class Net;", "Net").Nodes[^1];
}
