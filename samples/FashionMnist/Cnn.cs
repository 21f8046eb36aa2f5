using ModelGen;

namespace FashionMnistSample;

/// <summary>A wider network of four 3×3 convolutions, in the manner of VGG: 468,202 parameters.</summary>
[Model, Input(1, 28, 28)]
[Conv2D(32, 3, Padding = Pad.Same), ReLU, Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Pad.Same), ReLU, Conv2D(64, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Flatten, Dropout(0.3), Dense(128), ReLU, Dropout(0.5)]
[Dense(10), SoftmaxCrossEntropy]
public partial class Cnn;
