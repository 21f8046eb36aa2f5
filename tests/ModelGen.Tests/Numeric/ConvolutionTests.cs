using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Convolutions of every shape and option, compiled, against the oracle.</summary>
/// <remarks>A 1×1 convolution stands before the one in question, so that its input gradient matters.</remarks>
[Trait("Category", "Numeric")]
public sealed class ConvolutionTests
{
    private static readonly int[] s_channels = [1, 3, 7, 17];

    private static readonly ModelGroup s_models = new(
    [
        .. Channels(), .. Options(), .. Wide(), .. Dilations(), .. Shapes(), .. Groups(), .. Depthwise(), .. Signals(), .. Causal(), .. Volumes(), .. Transposed(), .. Fused(),
    ]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    private static IEnumerable<string> Channels() =>
        from channels in s_channels
        from filters in s_channels
        select $"Input(2, 4, 5), Conv2D({channels}, 1), Conv2D({filters}, 3), MeanSquaredError";

    private static IEnumerable<string> Options() =>
        from kernel in new[] { 1, 2, 3, 5 }
        from stride in new[] { 1, 2, 3 }
        from padding in new[] { "0", "1", "Pad.Same" }
        where padding != "1" || kernel > 1
        where kernel < 5 || stride > 1
        select $"Input(1, 7, 6), Conv2D(2, 1), Conv2D(3, {kernel}, Stride = {stride}, Padding = {padding}), MeanSquaredError";

    /// <summary>Rows long enough to be worked through in a loop, and many of them: taps that meet some places only, sums over bands of rows.</summary>
    private static IEnumerable<string> Wide()
    {
        foreach (var (kernel, stride, padding) in new[] { (2, 1, 0), (2, 2, 0), (2, 2, 1), (3, 2, 0), (3, 2, 1), (5, 2, 2), (2, 3, 0), (3, 3, 1), (5, 3, 2) })
        {
            yield return $"Input(1, 3, 37), Conv2D(2, 1), Conv2D(3, {kernel}, Stride = {stride}, Paddings = new[] {{ 1, {padding} }}), MeanSquaredError";
        }

        yield return "Input(2, 11, 12), Conv2D(7, 1), ConvTranspose2D(5, 2, Stride = 2), MeanSquaredError";
        yield return "Input(2, 23, 25), Conv2D(5, 1), Conv2D(13, 3, Stride = 2, Padding = 1), MeanSquaredError";
        yield return "Input(2, 13, 19), Conv2D(3, 1), Conv2D(14, 3, Padding = 1), MeanSquaredError";
    }

    private static IEnumerable<string> Dilations() =>
        from kernel in new[] { 2, 3 }
        from stride in new[] { 1, 2 }
        from padding in new[] { "0", "2", "Pad.Same" }
        select $"Input(1, 6, 7), Conv2D(2, 1), Conv2D(3, {kernel}, Dilation = 2, Stride = {stride}, Padding = {padding}), MeanSquaredError";

    private static IEnumerable<string> Shapes()
    {
        foreach (var width in new[] { 1, 2, 3, 4, 5, 7, 8, 11, 17 })
        {
            yield return $"Input(2, 3, {width}), Conv2D(3, 1), Conv2D(4, 3, 1), MeanSquaredError";
        }

        foreach (var width in new[] { 5, 9, 16 })
        {
            yield return $"Input(2, 3, {width}), Conv2D(3, 1), Conv2D(4, 3, Padding = 1), MeanSquaredError";
        }

        foreach (var kernel in new[] { "3, 1", "1, 3", "6, 7", "2, 5", "6, 1", "1, 7" })
        {
            yield return $"Input(1, 6, 7), Conv2D(3, 1), Conv2D(2, {kernel}), MeanSquaredError";
        }

        yield return "Input(2, 5, 4), Conv2D(3, 5, 4, Padding = 2), MeanSquaredError";
        yield return "Input(2, 1, 1), Conv2D(3, 1), Conv2D(2, 3, Padding = 1), MeanSquaredError";
        yield return "Input(1, 6, 7), Conv2D(2, 1), Conv2D(3, 3, Strides = new[] { 1, 2 }), MeanSquaredError";
        yield return "Input(1, 6, 7), Conv2D(2, 1), Conv2D(3, 3, Strides = new[] { 3, 1 }, Paddings = new[] { 0, 2 }), MeanSquaredError";
        yield return "Input(1, 6, 7), Conv2D(2, 1), Conv2D(3, 2, Dilations = new[] { 3, 1 }), MeanSquaredError";
        yield return "Input(1, 6, 7), Conv2D(2, 1), Conv2D(3, 3, 2, Dilations = new[] { 1, 2 }, Strides = new[] { 2, 1 }, Padding = Pad.Same), MeanSquaredError";
        yield return "Input(1, 6, 7), Conv2D(2, 1, UseBias = false), Conv2D(3, 3, UseBias = false), MeanSquaredError";
        yield return "Input(1, 9, 8), Conv2D(2, 1), Conv2D(3, 2, Stride = 3, Padding = 2), MeanSquaredError";
        yield return "Input(3, 12, 11), Conv2D(8, 3, Padding = 1), Conv2D(13, 3), MeanSquaredError";
        yield return "Input(1, 28, 28), Conv2D(6, 5), Conv2D(3, 5, Stride = 2), MeanSquaredError";
    }

    private static IEnumerable<string> Groups()
    {
        foreach (var (channels, filters, groups) in new[] { (6, 6, 3), (6, 6, 6), (4, 8, 2), (9, 3, 3), (17, 17, 17), (2, 6, 2), (14, 7, 7) })
        {
            yield return $"Input(2, 4, 5), Conv2D({channels}, 1), Conv2D({filters}, 3, Groups = {groups}), MeanSquaredError";
        }

        yield return "Input(1, 7, 6), Conv2D(6, 1), Conv2D(4, 3, Groups = 2, Stride = 2, Padding = 1, Dilation = 2, UseBias = false), MeanSquaredError";
        yield return "Input(1, 7, 6), Conv2D(6, 1), Conv2D(6, 2, 3, Groups = 3, Stride = 3, Padding = Pad.Same), MeanSquaredError";
    }

    private static IEnumerable<string> Depthwise()
    {
        foreach (var channels in s_channels)
        {
            yield return $"Input(1, 5, 6), Conv2D({channels}, 1), DepthwiseConv2D(3), MeanSquaredError";
        }

        yield return "Input(1, 5, 6), Conv2D(3, 1), DepthwiseConv2D(3, DepthMultiplier = 3), MeanSquaredError";
        yield return "Input(3, 5, 6), DepthwiseConv2D(2, 3, DepthMultiplier = 2, Stride = 2, Padding = 1), Conv2D(2, 1), MeanSquaredError";
        yield return "Input(1, 5, 6), Conv2D(3, 1), DepthwiseConv2D(3, Padding = Pad.Same, UseBias = false), ReLU, Conv2D(4, 1), MeanSquaredError";
        yield return "Input(1, 7, 6), Conv2D(3, 1), DepthwiseConv2D(3, Dilation = 2, Padding = 2), MeanSquaredError";
    }

    private static IEnumerable<string> Signals()
    {
        foreach (var (channels, filters) in new[] { (1, 1), (1, 7), (3, 17), (17, 3), (7, 1) })
        {
            yield return $"Input(2, 9), Conv1D({channels}, 1), Conv1D({filters}, 3), MeanSquaredError";
        }

        foreach (var options in new[] { "1, Stride = 3", "2, Stride = 2", "3, Padding = 2", "4, Padding = Pad.Same", "3, Dilation = 2", "9", "3, Stride = 2, Padding = Pad.Same", "5, Padding = 4, Stride = 3" })
        {
            yield return $"Input(2, 9), Conv1D(3, 1), Conv1D(2, {options}), MeanSquaredError";
        }

        yield return "Input(2, 9), Conv1D(6, 1), Conv1D(4, 3, Groups = 2, UseBias = false), MeanSquaredError";
        yield return "Sequence(7, 3), Dense(4), Permute(1, 0), Conv1D(5, 3), ReLU, Permute(1, 0), Dense(2), MeanSquaredError";
    }

    private static IEnumerable<string> Causal()
    {
        foreach (var options in new[] { "1", "2", "3", "4, Stride = 2", "2, Stride = 3", "3, Dilation = 2", "3, Dilation = 4", "2, Dilation = 3, Stride = 2", "9", "12", "3, UseBias = false" })
        {
            yield return $"Input(2, 9), Conv1D(3, 1), Conv1D(2, {options}, Padding = Pad.Causal), MeanSquaredError";
        }

        yield return "Input(2, 9), Conv1D(6, 1), Conv1D(4, 3, Groups = 2, Dilation = 2, Padding = Pad.Causal), MeanSquaredError";
        yield return "Input(2, 9), Conv1D(6, 2, Paddings = new[] { Pad.Causal }), Conv1D(6, 3, Groups = 6, Stride = 2, Padding = Pad.Causal), MeanSquaredError";
        yield return "Input(3, 1), Conv1D(4, 5, Dilation = 3, Padding = Pad.Causal), MeanSquaredError";
        yield return "Sequence(13, 3), Permute(1, 0), Conv1D(8, 2, Padding = Pad.Causal), ReLU, Conv1D(8, 2, Dilation = 2, Padding = Pad.Causal), ReLU, Conv1D(8, 2, Dilation = 4, Padding = Pad.Causal), Permute(1, 0), Dense(2), SoftmaxCrossEntropy";
        yield return "Sequence(7, 3), Permute(1, 0), Conv1D(5, 3, Stride = 2, Padding = Pad.Causal), Tanh, Permute(1, 0), GRU(4), Last, Dense(2), MeanSquaredError";
    }

    private static IEnumerable<string> Volumes()
    {
        foreach (var (channels, filters) in new[] { (1, 1), (1, 7), (3, 17), (17, 3), (7, 1) })
        {
            yield return $"Input(2, 3, 4, 5), Conv3D({channels}, 1), Conv3D({filters}, 2), MeanSquaredError";
        }

        foreach (var options in new[]
        {
            "1, Stride = 2", "2, Stride = 2", "3, Padding = 1", "2, Padding = Pad.Same", "3, Stride = 2, Padding = Pad.Same", "2, Dilation = 2", "2, Dilation = 2, Padding = 2",
            "2, 3, 1", "1, 3, 2, Padding = 1", "4, 5, 6", "3, Stride = 2, Padding = 1, Dilation = 2", "2, Strides = new[] { 1, 2, 3 }", "3, Paddings = new[] { 0, 2, 1 }",
            "2, Dilations = new[] { 3, 1, 2 }", "3, Paddings = new[] { 1, Pad.Same, 0 }, UseBias = false",
        })
        {
            yield return $"Input(1, 4, 5, 6), Conv3D(2, 1), Conv3D(3, {options}), MeanSquaredError";
        }

        foreach (var width in new[] { 1, 3, 9, 16 })
        {
            yield return $"Input(1, 2, 3, {width}), Conv3D(3, 1), Conv3D(4, 3, Padding = 1), MeanSquaredError";
        }

        yield return "Input(2, 3, 4, 5), Conv3D(6, 1), Conv3D(4, 2, Groups = 2, Stride = 2, Padding = 1, UseBias = false), MeanSquaredError";
        yield return "Input(2, 3, 4, 5), Conv3D(3, 1), Conv3D(6, 2, Groups = 3), MeanSquaredError";
        yield return "Input(1, 4, 8, 8), Conv3D(8, 3, Padding = 1), ReLU, MaxPool3D(1, 2, 2), Conv3D(16, 3, Padding = 1), ReLU, MaxPool3D(2), Flatten, Dense(8), SoftmaxCrossEntropy";
        yield return "Input(2, 3, 6, 5), Conv3D(5, 2, UseBias = false), BatchNorm, SiLU, AveragePool3D(1, 2, 2), Conv3D(4, 1), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy";
    }

    private static IEnumerable<string> Transposed()
    {
        foreach (var (channels, filters) in new[] { (1, 1), (1, 7), (3, 17), (17, 3), (7, 1), (33, 20) })
        {
            yield return $"Input(2, 3, 4), Conv2D({channels}, 1), ConvTranspose2D({filters}, 2, Stride = 2), MeanSquaredError";
        }

        foreach (var options in new[]
        {
            "1", "3", "3, Padding = 1", "3, Stride = 2", "3, Stride = 2, Padding = 1", "3, Stride = 2, Padding = 1, OutputPadding = 1", "2, Stride = 3", "2, Stride = 3, OutputPadding = 2",
            "4, Stride = 2, Padding = 1", "5, Stride = 3, Padding = 2", "2, Dilation = 2", "3, Dilation = 3, OutputPadding = 2, Padding = 2", "3, Stride = 2, Dilation = 2",
            "2, 3", "3, 1, Stride = 2", "2, Strides = new[] { 1, 3 }", "3, Paddings = new[] { 2, 0 }", "3, Strides = new[] { 2, 3 }, OutputPaddings = new[] { 1, 2 }",
            "3, Padding = Pad.Same", "3, Stride = 2, Padding = Pad.Same", "2, Stride = 3, Padding = Pad.Same", "4, Stride = 3, Padding = Pad.Same", "2, Dilations = new[] { 3, 1 }, UseBias = false", "17, 18",
        })
        {
            yield return $"Input(1, 3, 5), Conv2D(2, 1), ConvTranspose2D(3, {options}), MeanSquaredError";
        }

        yield return "Input(1, 3, 5), Conv2D(6, 1), ConvTranspose2D(4, 3, Groups = 2, Stride = 2), MeanSquaredError";
        yield return "Input(1, 3, 5), Conv2D(3, 1), ConvTranspose2D(6, 2, Groups = 3, Stride = 2, UseBias = false), ReLU, Conv2D(1, 2), MeanSquaredError";

        // Apart, because without a fused multiply-add the rounding of one, where the other's sum cancels, exceeds what one layer may be off.
        yield return "Input(15, 6, 9), ConvTranspose2D(16, 3, Padding = 1), ReLU, ConvTranspose2D(2, 1), MeanSquaredError";
        yield return "Input(4, 6, 9), ConvTranspose2D(16, 1), ReLU, ConvTranspose2D(2, 3), MeanSquaredError";
        yield return "Input(1, 8, 8), Conv2D(4, 3, Stride = 2, Padding = 1), ReLU, ConvTranspose2D(3, 2, Stride = 2), BatchNorm, ReLU, Conv2D(2, 1), SoftmaxCrossEntropy";
        yield return "Input(3), Dense(12), ReLU, Reshape(3, 2, 2), ConvTranspose2D(5, 4, Stride = 2, Padding = 1), Tanh, ConvTranspose2D(1, 4, Stride = 2, Padding = 1), BinaryCrossEntropy";
        foreach (var options in new[] { "1", "2, Stride = 2", "4, Stride = 2, Padding = 1", "3, Stride = 3, OutputPadding = 2", "5, Padding = Pad.Same", "3, Dilation = 2" })
        {
            yield return $"Input(2, 7), Conv1D(3, 1), ConvTranspose1D(4, {options}), MeanSquaredError";
        }

        foreach (var options in new[] { "1", "2, Stride = 2", "3, Padding = 1", "2, 3, 1, Strides = new[] { 1, 2, 3 }, OutputPaddings = new[] { 0, 1, 2 }", "3, Stride = 2, Padding = Pad.Same", "2, Dilation = 2, UseBias = false" })
        {
            yield return $"Input(1, 2, 3, 4), Conv3D(2, 1), ConvTranspose3D(3, {options}), MeanSquaredError";
        }

        yield return "Input(2, 2, 3, 2), Conv3D(4, 1), ConvTranspose3D(6, 2, Groups = 2, Stride = 2), MeanSquaredError";
    }

    private static IEnumerable<string> Fused()
    {
        yield return "Input(2, 9, 8), Conv2D(3, 3), ReLU, MaxPool2D(2), Conv2D(4, 2), ReLU, Flatten, Dense(3), SoftmaxCrossEntropy";
        yield return "Input(2, 9, 8), Conv2D(3, 3), MaxPool2D(2), ReLU, Conv2D(4, 2), Tanh, Flatten, Dense(3), SoftmaxCrossEntropy";
        yield return "Input(2, 8, 7), Conv2D(3, 3), Tanh, AveragePool2D(2), Conv2D(4, 2), Sigmoid, GlobalAveragePool, Dense(3), MeanSquaredError";
        yield return "Input(2, 7, 8), Conv2D(3, 3, UseBias = false), BatchNorm, ReLU, Conv2D(4, 3, UseBias = false), BatchNorm, ReLU, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy";
        yield return "Input(2, 7, 8), Conv2D(3, 3), ReLU, MaxPool2D(3, Stride = 2), Conv2D(3, 2), ReLU, GlobalMaxPool, Dense(2), BinaryCrossEntropy";
        yield return "Input(3, 8, 9), Conv2D(33, 3, Padding = 1), ReLU, Conv2D(20, 3, Padding = 1), ReLU, MaxPool2D(2), Flatten, Dense(5), SoftmaxCrossEntropy";
        yield return "Input(1, 10, 9), Conv2D(7, 3), ReLU, Conv2D(7, 3), ReLU, Conv2D(7, 3), ReLU, MaxPool2D(2), Flatten, Dense(5), SoftmaxCrossEntropy";
    }
}
