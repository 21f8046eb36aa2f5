using ModelGen;

namespace ResNetSample;

/// <summary>Two 3×3 convolutions and a shortcut around them (K. He et al., "Deep residual learning for image recognition", 2016).</summary>
/// <param name="width">The channels it gives.</param>
[Conv2D(Block.Width, 3, Stride = Block.Stride, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(Block.Width, 3, Padding = 1, UseBias = false), BatchNorm, Add(Block.Input, Project = true), ReLU]
public sealed class BasicBlockAttribute(int width) : BlockAttribute(width);
