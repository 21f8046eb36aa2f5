using ModelGen;

namespace VideoSample;

/// <summary>Sees eight frames: convolutions over time, rows and columns (D. Tran et al., "Learning spatiotemporal features with 3D convolutional networks", 2015).</summary>
[Model, Input(1, 8, 32, 32)]
[Conv3D(8, 3, Padding = Pad.Same), ReLU, MaxPool3D(1, 2, 2)]
[Conv3D(16, 3, Padding = Pad.Same), ReLU, MaxPool3D(2)]
[Conv3D(32, 3, Padding = Pad.Same), ReLU, MaxPool3D(2)]
[Flatten, Dense(64), ReLU]
[Dense(8), SoftmaxCrossEntropy]
public partial class MotionNet;
