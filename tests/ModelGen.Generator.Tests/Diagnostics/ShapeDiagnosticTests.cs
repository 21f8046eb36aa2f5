using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>Which shapes layers take, and which arguments.</summary>
public sealed class ShapeDiagnosticTests
{
    [Theory]
    [InlineData("Input(784), [|Conv2D(6, 5)|]", "conv2d_1 takes (channels, height, width), but its input is (784), read as (features)")]
    [InlineData("Input(3, 40), [|MaxPool2D(2)|]", "max_pool2d_1 takes (channels, height, width), but its input is (3, 40), read as (channels, length)")]
    [InlineData("Input(3, 8, 8), [|AveragePool1D(2)|]", "average_pool1d_1 takes (channels, length), but its input is (3, 8, 8), read as (channels, height, width)")]
    [InlineData("Input(3, 8, 8), Permute(1, 2, 0), [|Conv2D(6, 5)|]", "conv2d_1 takes (channels, height, width), but its input is (8, 8, 3), read as (height, width, channels)")]
    [InlineData("Sequence(40, 3), [|GlobalMaxPool|]", "global_max_pool_1 takes (channels, places…), but its input is (40, 3), read as (length, features)")]
    [InlineData("Input(4), [|Upsample2D(2)|]", "upsample2d_1 takes (channels, height, width), but its input is (4), read as (features)")]
    [InlineData("Input(4, 4, 4, 4), [|DepthwiseConv2D(2)|]", "depthwise_conv2d_1 takes (channels, height, width), but its input is (4, 4, 4, 4), read as (channels, depth, height, width)")]
    [InlineData("Input(3, 8, 8), [|Conv3D(2, 3)|]", "conv3d_1 takes (channels, depth, height, width), but its input is (3, 8, 8), read as (channels, height, width)")]
    [InlineData("Input(4), [|AveragePool3D(2)|]", "average_pool3d_1 takes (channels, depth, height, width), but its input is (4), read as (features)")]
    [InlineData("Sequence(4, 3), [|SpatialDropout(0.5)|]", "spatial_dropout_1 takes (channels, places…), but its input is (4, 3), read as (length, features)")]
    [InlineData("Input(4, 3), ReLU, [|CTC|]", "ctc_1 takes (length, features), but its input is (4, 3), read as (channels, length)")]
    [InlineData("Sequence(4, 3), Last, [|CTC|]", "ctc_1 takes (length, features), but its input is (3), read as (features)")]
    [InlineData("Input(12), Dense(7), [|Detection(0.2, 0.3)|]", "detection_1 takes (channels, height, width), but its input is (7), read as (features)")]
    [InlineData("Sequence(4, 3), [|GroupNorm(3)|]", "group_norm_1 takes (channels, places…) or (features), but its input is (4, 3), read as (length, features)")]
    public Task WrongInput(string layers, string message) => Check(DiagnosticDescriptors.WrongInput, layers, message);

    [Theory]
    [InlineData(
        "Input(1, 4, 4), Conv2D(6, [|5|])",
        "conv2d_1: a 5×5 kernel does not fit its input (1, 4, 4): (4 + 2·0 − 1·(5 − 1) − 1)/1 + 1 = 0 rows; the kernel may be at most 4×4, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 4, 9), Conv2D(6, 3, [|5|], Strides = [1, 2], Dilations = [1, 3])",
        "conv2d_1: a 3×5 kernel does not fit its input (1, 4, 9): (9 + 2·0 − 3·(5 − 1) − 1)/2 + 1 = -1 columns; the kernel may be at most 4×3, or use Padding = Pad.Same")]
    [InlineData(
        "Input(2, 6), Conv1D(4, [|9|], Padding = 1)",
        "conv1d_1: a kernel of 9 does not fit its input (2, 6): (6 + 2·1 − 1·(9 − 1) − 1)/1 + 1 = 0 places; the kernel may be at most 8, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 6, 6), MaxPool2D([|7|])",
        "max_pool2d_1: a 7×7 window does not fit its input (1, 6, 6): (6 + 2·0 − 7)/7 + 1 = 0 rows; the window may be at most 6×6, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 9, 3), AveragePool2D(height: 2, width: [|5|], Stride = 1)",
        "average_pool2d_1: a 2×5 window does not fit its input (1, 9, 3): (3 + 2·0 − 5)/1 + 1 = -1 columns; the window may be at most 9×3, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 9), MaxPool1D([|10|])",
        "max_pool1d_1: a window of 10 does not fit its input (1, 9): (9 + 2·0 − 10)/10 + 1 = 0 places; the window may be at most 9, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 2, 2), DepthwiseConv2D([|3|])",
        "depthwise_conv2d_1: a 3×3 kernel does not fit its input (1, 2, 2): (2 + 2·0 − 1·(3 − 1) − 1)/1 + 1 = 0 rows; the kernel may be at most 2×2, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 4, 8, 8), Conv3D(2, [|5|], 3, 3)",
        "conv3d_1: a 5×3×3 kernel does not fit its input (1, 4, 8, 8): (4 + 2·0 − 1·(5 − 1) − 1)/1 + 1 = 0 slices; the kernel may be at most 4×8×8, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 4, 8, 8), MaxPool3D(2, 2, [|9|])",
        "max_pool3d_1: a 2×2×9 window does not fit its input (1, 4, 8, 8): (8 + 2·0 − 9)/9 + 1 = 0 columns; the window may be at most 4×8×8, or use Padding = Pad.Same")]
    public Task WindowTooLarge(string layers, string message) => Check(DiagnosticDescriptors.WindowTooLarge, layers, message);

    [Theory]
    [InlineData("Input(2, 8, 8), Conv2D(13, 1), [|Detection(0.2, 0.3, 0.5, 0.4)|]", "detection_1: its input has 13 channels for 2 anchors; it needs 2·(5 + classes), at least 12: x, y, width, height, objectness and one for each class")]
    [InlineData("Input(2, 8, 8), Conv2D(10, 1), [|Detection(0.2, 0.3, 0.5, 0.4)|]", "detection_1: its input has 10 channels for 2 anchors; it needs 2·(5 + classes), at least 12: x, y, width, height, objectness and one for each class")]
    public Task DetectionChannels(string layers, string message) => Check(DiagnosticDescriptors.DetectionChannels, layers, message);

    [Theory]
    [InlineData("Input([|-4|]), Dense(2)", "input: shape[0] is -4; it must be at least 1")]
    [InlineData("Input(3, [|0|], 5), Flatten", "input: shape[1] is 0; it must be at least 1")]
    [InlineData("[|Input()|], Flatten", "input: shape is (); it must be one to four extents: (features), (channels, length), (channels, height, width) or (channels, depth, height, width)")]
    [InlineData("Input([|1, 2, 3, 4, 5|]), Flatten", "input: shape is (1, 2, 3, 4, 5); it must be one to four extents: (features), (channels, length), (channels, height, width) or (channels, depth, height, width)")]
    [InlineData("Sequence([|0|], 3), Dense(2)", "input: length is 0; it must be at least 1")]
    [InlineData("Sequence(3, features: [|0|]), Dense(2)", "input: features is 0; it must be at least 1")]
    [InlineData("[|Tokens(3)|], Flatten", "tokens: Vocabulary is 0; it must be at least 1")]
    [InlineData("Tokens([|0|], Vocabulary = 5), Flatten", "tokens: length is 0; it must be at least 1")]
    [InlineData("Input(4), Dense([|0|])", "dense_1: units is 0; it must be at least 1")]
    [InlineData("Input(4), Reshape([|0|])", "reshape_1: shape[0] is 0; it must be at least 1")]
    [InlineData("Input(4), [|Reshape()|]", "reshape_1: shape is (); it must be one to four extents")]
    [InlineData("Input(1, 8, 8), Upsample2D([|0|])", "upsample2d_1: scale is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Upsample2D(2, [|0|])", "upsample2d_1: scaleWidth is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D([|0|], 3)", "conv2d_1: filters is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, [|0|])", "conv2d_1: kernel is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, [|-1|])", "conv2d_1: kernelWidth is -1; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Stride = [|0|])", "conv2d_1: Stride is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Strides = [1, [|0|]])", "conv2d_1: Strides[1] is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Strides = new[] { [|0|], 1 })", "conv2d_1: Strides[0] is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Padding = [|-2|])", "conv2d_1: Padding is Pad.Causal; it must be at least 0, or Pad.Same")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Padding = [|Pad.Causal|])", "conv2d_1: Padding is Pad.Causal; it must be at least 0, or Pad.Same")]
    [InlineData("Input(2, 8), MaxPool1D(2, Padding = [|Pad.Causal|])", "max_pool1d_1: Padding is Pad.Causal; it must be 0 to 1, half the window, or Pad.Same")]
    [InlineData("Input(2, 8), ConvTranspose1D(4, 3, Padding = [|Pad.Causal|])", "conv_transpose1d_1: Padding is Pad.Causal; it must be at least 0, or Pad.Same")]
    [InlineData("Sequence(4, 3), Dense(5), CTC([|5|])", "ctc_1: blank is 5; it must be 0 to 4, one of the classes")]
    [InlineData("Sequence(4, 3), Dense(5), CTC([|-1|])", "ctc_1: blank is -1; it must be 0 to 4, one of the classes")]
    [InlineData("Sequence(4, 3), Dense(5), CTC(MaxLength = [|5|])", "ctc_1: MaxLength is 5; it must be 0 to 4, the number of steps")]
    [InlineData("Sequence(4, 3), Dense(5), CTC(MaxLength = [|-1|])", "ctc_1: MaxLength is -1; it must be 0 to 4, the number of steps")]
    [InlineData("Sequence(10000, 3), Dense(5), [|CTC|]", "ctc_1: MaxLength is 10000; it must be 1 to 837 with 10000 steps")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), [|Detection()|]", "detection_1: anchors is (); it must be pairs of a width and a height, at least one")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), Detection([|0.2|])", "detection_1: anchors is (0.2); it must be pairs of a width and a height, at least one")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), Detection(0.2, [|0|])", "detection_1: anchors[1] is 0; it must be a number above 0")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), Detection([0.2, 0.3], BoxWeight = [|0|])", "detection_1: BoxWeight is 0; it must be a number above 0")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), Detection([0.2, 0.3], EmptyWeight = [|-1|])", "detection_1: EmptyWeight is -1; it must be a number above 0")]
    [InlineData("Input(2, 8, 8), Conv2D(7, 1), Detection([0.2, 0.3], IgnoreOverlap = [|0|])", "detection_1: IgnoreOverlap is 0; it must be a number above 0")]
    [InlineData("Input(2, 8), Conv1D(4, 3, Padding = [|-3|])", "conv1d_1: Padding is -3; it must be at least 0, or Pad.Same or Pad.Causal")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Paddings = [[|-2|], 0])", "conv2d_1: Paddings[0] is Pad.Causal; it must be at least 0, or Pad.Same")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Padding = [|int.MaxValue|])", "conv2d_1: Padding is 2147483647; it must be at most 1048576")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Dilation = [|0|])", "conv2d_1: Dilation is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Groups = [|0|])", "conv2d_1: Groups is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), Conv2D(4, [|1000000|], Padding = Pad.Same, Dilation = 1000000)", "conv2d_1: kernel is 1000000; it must be at most 67 with a dilation of 1000000")]
    [InlineData("Input(2, 8, 8), DepthwiseConv2D(3, DepthMultiplier = [|0|])", "depthwise_conv2d_1: DepthMultiplier is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), MaxPool2D([|0|])", "max_pool2d_1: size is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), MaxPool2D([|0|], 2)", "max_pool2d_1: height is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), MaxPool2D(2, Stride = [|0|])", "max_pool2d_1: Stride is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), MaxPool2D(3, Padding = [|2|])", "max_pool2d_1: Padding is 2; it must be 0 to 1, half the window, or Pad.Same")]
    [InlineData("Input(1, 8, 8, 8), Conv3D(4, 3, [|0|], 3)", "conv3d_1: kernelHeight is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8, 8), MaxPool3D([|0|], 2, 2)", "max_pool3d_1: depth is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), ConvTranspose2D(4, [|0|])", "conv_transpose2d_1: kernel is 0; it must be at least 1")]
    [InlineData("Input(1, 8, 8), ConvTranspose2D(4, 3, Stride = 2, OutputPadding = [|2|])", "conv_transpose2d_1: OutputPadding is 2; it must be 0 to 1, below the larger of stride and dilation")]
    [InlineData("Input(1, 8, 8), ConvTranspose2D(4, 3, Stride = 2, Padding = Pad.Same, OutputPadding = [|1|])", "conv_transpose2d_1: OutputPadding is 1; it must be 0 with Pad.Same")]
    [InlineData("Input(1, 8000), ConvTranspose1D(4, 3, Stride = [|100000|])", "conv_transpose1d_1: Stride is 100000; it must be at most 8388 for 8000 places")]
    [InlineData("Input(4), GroupNorm([|0|])", "group_norm_1: groups is 0; it must be at least 1")]
    [InlineData("Input(4, 3), SpatialDropout([|1|])", "spatial_dropout_1: rate is 1; it must be in [0, 1)")]
    [InlineData("Input(1, 8, 8), Upsample2D(2, Mode = [|(Interpolation)2|])", "upsample2d_1: Mode is 2; it must be Interpolation.Nearest or Interpolation.Bilinear")]
    [InlineData("Input(4), Dropout([|1|])", "dropout_1: rate is 1; it must be in [0, 1)")]
    [InlineData("Input(4), Dropout([|-0.5|])", "dropout_1: rate is -0.5; it must be in [0, 1)")]
    [InlineData("Input(4), Dropout([|double.NaN|])", "dropout_1: rate is NaN; it must be in [0, 1)")]
    [InlineData("Input(4), BatchNorm(Momentum = [|0|])", "batch_norm_1: Momentum is 0; it must be in (0, 1]")]
    [InlineData("Input(4), BatchNorm(Epsilon = [|0|])", "batch_norm_1: Epsilon is 0; it must be a number above 0")]
    [InlineData("Input(4), LayerNorm(Epsilon = [|-1e-5|])", "layer_norm_1: Epsilon is -1E-05; it must be a number above 0")]
    [InlineData("Input(4), Dense(2), SoftmaxCrossEntropy(LabelSmoothing = [|1|])", "softmax_cross_entropy_1: LabelSmoothing is 1; it must be in [0, 1)")]
    [InlineData("Input(4), Dense(2), SoftmaxCrossEntropy(ClassWeights = [1, [|-1|]])", "softmax_cross_entropy_1: ClassWeights[1] is -1; it must be a number of at least 0")]
    [InlineData("Input(4), Dense(2), Focal(Gamma = [|-1|])", "focal_1: Gamma is -1; it must be a number of at least 0")]
    [InlineData("Input(4), Dense(2), Focal(Gamma = [|double.NaN|])", "focal_1: Gamma is NaN; it must be a number of at least 0")]
    [InlineData("Input(4), Dense(2), Focal(ClassWeights = [1, [|-1|]])", "focal_1: ClassWeights[1] is -1; it must be a number of at least 0")]
    [InlineData("Input(4), Dense(2), Dice(Smooth = [|0|])", "dice_1: Smooth is 0; it must be a number above 0")]
    [InlineData("Input(4), Dense(2), Dice(Smooth = [|double.NaN|])", "dice_1: Smooth is NaN; it must be a number above 0")]
    [InlineData("Input(4), Dense(2), Huber([|0|])", "huber_1: delta is 0; it must be a number above 0")]
    [InlineData("Input(4), Dense(2), MeanSquaredError(Weight = [|0|])", "mean_squared_error_1: Weight is 0; it must be a number above 0")]
    public Task OutOfRange(string layers, string message) => Check(DiagnosticDescriptors.OutOfRange, layers, message);

    [Theory]
    [InlineData("Input(6, 8, 8), Conv2D(8, 3, Groups = [|4|])", "conv2d_1: 4 groups do not divide the 6 channels of its input; possible are 1, 2")]
    [InlineData("Input(6, 8), Conv1D(8, 3, Groups = [|3|])", "conv1d_1: 3 groups do not divide the 8 filters; possible are 1, 2")]
    public Task GroupsDoNotDivide(string layers, string message) => Check(DiagnosticDescriptors.GroupsDoNotDivide, layers, message);

    [Theory]
    [InlineData("Input(784), Reshape([|1, 28, 27|])", "reshape_1: the shape (1, 28, 27) has 756 elements, but its input (784) has 784")]
    [InlineData("Input(784), Reshape([|67108864, 67108864, 67108864|])", "reshape_1: the shape (67108864, 67108864, 67108864) has 302231454903657293676544 elements, but its input (784) has 784")]
    public Task ReshapeProduct(string layers, string message) => Check(DiagnosticDescriptors.ReshapeProduct, layers, message);

    [Fact]
    public Task FlattenBeforeDense() => Check(
        DiagnosticDescriptors.FlattenBeforeDense,
        "Input(1, 28, 28), [|Dense(10)|]",
        "dense_1 takes (features) or (length, features), but its input is (1, 28, 28), read as (channels, height, width); put Flatten before it");

    [Fact]
    public Task PermuteBeforeConvolution() => Check(
        DiagnosticDescriptors.PermuteBeforeConvolution,
        "Sequence(48, 3), [|Conv1D(8, 3)|]",
        "conv1d_1 takes (channels, length), but its input (48, 3) is a sequence (length, features); put Permute(1, 0) before it");

    [Fact]
    public Task TokensIntoLayer() => Check(
        DiagnosticDescriptors.TokensIntoLayer,
        "Tokens(64, Vocabulary = 65), [|Dense(8)|]",
        "dense_1 takes numbers, but its input (64) is token ids, which only an embedding takes");

    [Theory]
    [InlineData("Input(3, 8, 8), Permute([|0, 1|])", "permute_1: the axes (0, 1) are not a permutation of (0, 1, 2), the axes of its input (3, 8, 8)")]
    [InlineData("Input(3, 8), Permute([|1, 1|])", "permute_1: the axes (1, 1) are not a permutation of (0, 1), the axes of its input (3, 8)")]
    public Task NotAPermutation(string layers, string message) => Check(DiagnosticDescriptors.NotAPermutation, layers, message);

    [Theory]
    [InlineData("Input(1, 8, 8), Conv2D(4, 3, Strides = [|[1, 2, 3]|])", "conv2d_1: Strides has 3 values; it must have 2, one for each axis of space")]
    [InlineData("Input(1, 8), MaxPool1D(3, Paddings = [|[1, 1]|])", "max_pool1d_1: Paddings has 2 values; it must have 1, one for each axis of space")]
    [InlineData("Input(1, 8, 8, 8), Conv3D(4, 3, Strides = [|[2, 2]|])", "conv3d_1: Strides has 2 values; it must have 3, one for each axis of space")]
    public Task AxisCount(string layers, string message) => Check(DiagnosticDescriptors.AxisCount, layers, message);

    [Theory]
    [InlineData(
        "Input(1, 1, 4), ConvTranspose2D(4, 3, Stride = 2, Paddings = [[|2|], 0])",
        "conv_transpose2d_1: its padding leaves nothing of a 3×3 kernel on its input (1, 1, 4): (1 − 1)·2 − 2·2 + 1·(3 − 1) + 0 + 1 = -1 rows; the padding may be at most 1, or use Padding = Pad.Same")]
    [InlineData(
        "Input(1, 2), ConvTranspose1D(4, 2, Padding = [|2|])",
        "conv_transpose1d_1: its padding leaves nothing of a kernel of 2 on its input (1, 2): (2 − 1)·1 − 2·2 + 1·(2 − 1) + 0 + 1 = -1 places; the padding may be at most 1, or use Padding = Pad.Same")]
    public Task TransposedToNothing(string layers, string message) => Check(DiagnosticDescriptors.TransposedToNothing, layers, message);

    [Theory]
    [InlineData("Input(6, 4, 4), GroupNorm([|4|])", "group_norm_1: 4 groups do not divide the 6 channels of its input; possible are 1, 2, 3, 6")]
    [InlineData("Input(3, 4, 4), ConvTranspose2D(4, 2, Groups = [|2|])", "conv_transpose2d_1: 2 groups do not divide the 3 channels of its input; possible are 1")]
    [InlineData("Input(4, 4, 4, 4), ConvTranspose3D(6, 2, Groups = [|4|])", "conv_transpose3d_1: 4 groups do not divide the 6 filters; possible are 1, 2")]
    public Task GroupsOfTransposed(string layers, string message) => Check(DiagnosticDescriptors.GroupsDoNotDivide, layers, message);

    [Fact]
    public Task GivenTwice() => Check(
        DiagnosticDescriptors.GivenTwice,
        "Input(1, 8, 8), Conv2D(4, 3, Stride = 2, Strides = [|[2, 2]|])",
        "conv2d_1: Stride and Strides are both given; keep one of them");

    [Theory]
    [InlineData("[|Input(60000, 60000)|], Flatten", "input: its result (60000, 60000) would have 3600000000 elements; at most 67108864 can be held")]
    [InlineData("Input(100000), [|Dense(100000)|]", "dense_1: with its weight (100000, 100000) the model's parameters would have 10000000000 elements; at most 67108864 can be held")]
    public Task TooLarge(string layers, string message) => Check(DiagnosticDescriptors.TooLarge, layers, message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "softmax_cross_entropy_1")]
    [InlineData("Focal", "focal_1")]
    public Task ClassWeightCount(string attribute, string loss) => Check(
        DiagnosticDescriptors.ClassWeightCount,
        $"Input(4), Dense(3), {attribute}(ClassWeights = [|[1, 2]|])",
        $"{loss}: ClassWeights has 2 values; it must have 3, one for each class");

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "softmax_cross_entropy_1")]
    [InlineData("Focal", "focal_1")]
    public Task OneClass(string attribute, string loss) => Check(
        DiagnosticDescriptors.OneClass,
        $"Input(4), Dense(1), [|{attribute}|]",
        $"{loss}: its input (1) has a single class, so the loss is always zero; give it two or more, or use BinaryCrossEntropy");

    private static Task Check(DiagnosticDescriptor descriptor, string layers, string message) =>
        DiagnosticAssert.IsOnlyAsync(descriptor, $"[Model, {layers}] public partial class Net;", message);
}
