using ModelGen;

namespace SegmentationSample;

/// <summary>
/// Down to an eighth of the size, where it sees what is there, and up again with what was seen on the way, where it is
/// (O. Ronneberger, P. Fischer and T. Brox, "U-Net", 2015). A class at every pixel: background and seven kinds of garments.
/// </summary>
[Model, Input(1, 64, 64)]
[DoubleConv(12), Label("whole"), MaxPool2D(2)]
[DoubleConv(24), Label("half"), MaxPool2D(2)]
[DoubleConv(48), Label("quarter"), MaxPool2D(2)]
[DoubleConv(64), SpatialDropout(0.2)]
[ConvTranspose2D(48, 2, Stride = 2), Concat("quarter"), DoubleConv(48)]
[ConvTranspose2D(24, 2, Stride = 2), Concat("half"), DoubleConv(24)]
[ConvTranspose2D(12, 2, Stride = 2), Concat("whole"), DoubleConv(12)]
[Conv2D(8, 1), SoftmaxCrossEntropy]
public partial class UNet;
