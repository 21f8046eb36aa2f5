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

/// <summary>Four 3×3 convolutions in the manner of VGG.</summary>
[Model, Input(1, 28, 28)]
[Conv2D(32, 3, Padding = Pad.Same), ReLU, Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Pad.Same), ReLU, Conv2D(64, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(128), ReLU]
[Dense(10), SoftmaxCrossEntropy]
public partial class Cnn;

/// <summary>Two convolutions over space and time.</summary>
[Model, Input(1, 8, 32, 32)]
[Conv3D(8, 3, Padding = 1), ReLU, MaxPool3D(1, 2, 2)]
[Conv3D(16, 3, Padding = 1), ReLU, MaxPool3D(2)]
[Flatten, Dense(8), SoftmaxCrossEntropy]
public partial class Video;
