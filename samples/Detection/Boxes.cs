using ModelGen;
using SampleKit;

namespace DetectionSample;

/// <summary>Turns the boxes of scenes into labels, and what the network predicts into boxes.</summary>
internal static class Boxes
{
    // Class, centre x, centre y, width, height.
    private const int Numbers = 5;
    private const float LeastScore = 0.05f;

    /// <summary>The labels of scenes: any number of boxes each.</summary>
    public static DatasetColumn Label(IReadOnlyList<Scene> scenes) => DatasetColumn.FromCounted(
        scenes.SelectMany(scene => scene.Boxes).Select(Truth).SelectMany(box => (float[])[box.Class, box.CenterX, box.CenterY, box.Width, box.Height]).ToArray(),
        scenes.Select(scene => scene.Boxes.Count).ToArray(),
        Numbers);

    /// <summary>The boxes that a prediction says, each garment once.</summary>
    /// <param name="prediction">What the network predicts of one scene.</param>
    public static DetectedBox[] Find(ReadOnlySpan<float> prediction)
    {
        var found = new DetectedBox[Detector.Anchors * Detector.Cells];
        var count = DetectionDecoder.Decode(prediction, Detector.Anchors, GarmentKind.Count, LeastScore, found);
        return found[..NonMaximumSuppression.Apply(found.AsSpan(0, count))];
    }

    /// <summary>A garment as labels and metrics take it: relative to the scene.</summary>
    public static DetectedBox Truth(SceneBox box) => new(
        box.Kind,
        (box.X + (box.Width / 2f)) / Scene.Size,
        (box.Y + (box.Height / 2f)) / Scene.Size,
        (float)box.Width / Scene.Size,
        (float)box.Height / Scene.Size,
        1);
}
