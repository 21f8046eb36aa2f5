using ModelGen;

namespace SegmentationSample;

/// <summary>Two 3×3 convolutions with batch normalisation.</summary>
/// <param name="width">The channels it gives.</param>
[Conv2D(Block.Width, 3, Padding = Pad.Same, UseBias = false), BatchNorm, ReLU]
[Conv2D(Block.Width, 3, Padding = Pad.Same, UseBias = false), BatchNorm, ReLU]
public sealed class DoubleConvAttribute(int width) : BlockAttribute(width);
