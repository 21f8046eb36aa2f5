using ModelGen;

namespace EmbeddedSample;

/// <summary>The network of samples/FashionMnist: its saved parameters are Data/lenet.safetensors.</summary>
[Model, Input(1, 28, 28)]
[Conv2D(6, 5), ReLU, MaxPool2D(2)]
[Conv2D(16, 5), ReLU, MaxPool2D(2)]
[Flatten, Dense(120), ReLU, Dense(84), ReLU]
[Dense(10), SoftmaxCrossEntropy]
public partial class LeNet5;
