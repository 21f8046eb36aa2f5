using ModelGen;
using SampleKit;

namespace DetectionSample;

/// <summary>
/// Says in each of 8×8 cells, for each of three anchors (upright, square and flat), whether a garment's centre is there, where
/// exactly, how large the garment is and of which kind: a detector of one stage.
/// </summary>
[Model, Input(1, 64, 64)]
[Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, 3, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(128, 3, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(Channels, 1), Detection(0.15, 0.36, 0.32, 0.34, 0.36, 0.17)]
public partial class Detector
{
    /// <summary>The number of anchors of a cell.</summary>
    internal const int Anchors = 3;

    /// <summary>What the anchors of a cell say: place, size, objectness and kinds.</summary>
    internal const int Channels = Anchors * (5 + GarmentKind.Count);

    /// <summary>The number of cells.</summary>
    internal const int Cells = 8 * 8;
}
