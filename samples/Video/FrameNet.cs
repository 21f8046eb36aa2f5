using ModelGen;

namespace VideoSample;

/// <summary>Sees the middle frame alone, as wide and as deep: it cannot know where the garment is going.</summary>
[Model, Input(1, 32, 32)]
[Conv2D(8, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Conv2D(16, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
[Flatten, Dense(64), ReLU]
[Dense(8), SoftmaxCrossEntropy]
public partial class FrameNet;
