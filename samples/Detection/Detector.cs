using ModelGen;

namespace DetectionSample;

/// <summary>
/// Says in each of 16×16 cells which kind of garment the cell is in the middle of, and how far the garment's edges are: a
/// detector of one stage without anchors (Z. Tian et al., "FCOS: fully convolutional one-stage object detection", 2019).
/// </summary>
[Model, Input(1, 64, 64)]
[Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(64, 3, Padding = 2, Dilation = 2, UseBias = false), BatchNorm, ReLU]
[Conv2D(64, 3, Padding = 3, Dilation = 3, UseBias = false), BatchNorm, ReLU, Label("features")]
[Conv2D(8, 1), Output("kinds"), SoftmaxCrossEntropy(On = "kinds")]
[From("features"), Conv2D(4, 1), Huber(Weight = 2)]
public partial class Detector;
