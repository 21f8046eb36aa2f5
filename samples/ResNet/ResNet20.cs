using ModelGen;

namespace ResNetSample;

/// <summary>ResNet-20, the small one of the paper, on grey images: nineteen convolutions and a dense layer.</summary>
[Model, Input(1, 28, 28)]
[Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU]
[BasicBlock(16), BasicBlock(16), BasicBlock(16)]
[BasicBlock(32, Stride = 2), BasicBlock(32), BasicBlock(32)]
[BasicBlock(64, Stride = 2), BasicBlock(64), BasicBlock(64)]
[GlobalAveragePool, Dense(10), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public partial class ResNet20;
