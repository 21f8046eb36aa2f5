using ModelGen;

namespace ModelGen.Benchmarks;

/// <summary>The smallest network with a hidden layer.</summary>
[Model, Input(2), Dense(8), Tanh, Dense(1), MeanSquaredError]
public partial class Xor;

/// <summary>A multilayer perceptron on images.</summary>
[Model, Input(1, 28, 28), Flatten]
[Dense(256), ReLU, Dense(128), ReLU, Dense(10), SoftmaxCrossEntropy]
public partial class Mlp;

/// <summary>LeNet-5 with ReLU and maximum pooling.</summary>
[Model, Input(1, 28, 28)]
[Conv2D(6, 5), ReLU, MaxPool2D(2)]
[Conv2D(16, 5), ReLU, MaxPool2D(2)]
[Flatten, Dense(120), ReLU, Dense(84), ReLU]
[Dense(10), SoftmaxCrossEntropy]
public partial class LeNet5;

/// <summary>Four 3×3 convolutions in the manner of VGG and two dense layers.</summary>
[Conv2D(32, 3, Padding = Pad.Same), ReLU, Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Pad.Same), ReLU, Conv2D(64, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(128), ReLU, Dense(10)]
public sealed class VggAttribute : BlockAttribute;

/// <summary>A wider network for the same images.</summary>
[Model, Input(1, 28, 28), Vgg, SoftmaxCrossEntropy]
public partial class Cnn;

/// <summary>The same without Winograd's filtering: how near direct kernels come to the peak.</summary>
[Model(Winograd = false), Input(1, 28, 28), Vgg, SoftmaxCrossEntropy]
public partial class CnnDirect;

/// <summary>Two convolutions over space and time.</summary>
[Model, Input(1, 8, 32, 32)]
[Conv3D(8, 3, Padding = 1), ReLU, MaxPool3D(1, 2, 2)]
[Conv3D(16, 3, Padding = 1), ReLU, MaxPool3D(2)]
[Flatten, Dense(8), SoftmaxCrossEntropy]
public partial class Video;

/// <summary>Two 3×3 convolutions and what was there before them: the basic block of a residual network.</summary>
/// <param name="width">The channels.</param>
[Conv2D(Block.Width, 3, Stride = Block.Stride, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(Block.Width, 3, Padding = 1, UseBias = false), BatchNorm, Add(Block.Input, Project = true), ReLU]
public sealed class BasicBlockAttribute(int width) : BlockAttribute(width);

/// <summary>The residual network of twenty layers for small images, with projections where the shape changes.</summary>
[Model, Input(3, 32, 32)]
[Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU]
[BasicBlock(16), BasicBlock(16), BasicBlock(16)]
[BasicBlock(32, Stride = 2), BasicBlock(32), BasicBlock(32)]
[BasicBlock(64, Stride = 2), BasicBlock(64), BasicBlock(64)]
[GlobalAveragePool, Dense(10), SoftmaxCrossEntropy]
public partial class ResNet20;

/// <summary>Two 3×3 convolutions that keep the size.</summary>
/// <param name="width">The channels.</param>
[Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU, Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU]
public sealed class DoubleConvAttribute(int width) : BlockAttribute(width);

/// <summary>A network for segmentation: down, up again, and across at every size.</summary>
[Model, Input(1, 64, 64)]
[DoubleConv(16), Label("e1"), MaxPool2D(2)]
[DoubleConv(32), Label("e2"), MaxPool2D(2)]
[DoubleConv(64)]
[ConvTranspose2D(32, 2, Stride = 2), Concat("e2"), DoubleConv(32)]
[ConvTranspose2D(16, 2, Stride = 2), Concat("e1"), DoubleConv(16)]
[Conv2D(2, 1), SoftmaxCrossEntropy]
public partial class UNet;

/// <summary>A character model of 128 units.</summary>
[Model, Tokens(64, Vocabulary = 65), Embedding(128), LSTM(128), Dense(65), SoftmaxCrossEntropy]
public partial class Lstm128;

/// <summary>A character model of 256 units.</summary>
[Model, Tokens(64, Vocabulary = 65), Embedding(256), LSTM(256), Dense(65), SoftmaxCrossEntropy]
public partial class Lstm256;

/// <summary>A character model of 128 gated units.</summary>
[Model, Tokens(64, Vocabulary = 65), Embedding(128), GRU(128), Dense(65), SoftmaxCrossEntropy]
public partial class Gru128;

/// <summary>A character model of 256 gated units.</summary>
[Model, Tokens(64, Vocabulary = 65), Embedding(256), GRU(256), Dense(65), SoftmaxCrossEntropy]
public partial class Gru256;

/// <summary>A forecast of twelve numbers from 48 steps of three.</summary>
[Model, Sequence(48, 3), GRU(32), Last, Dense(12), MeanSquaredError]
public partial class Forecast;
