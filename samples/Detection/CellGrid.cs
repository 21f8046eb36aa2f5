using ModelGen;
using SampleKit;

namespace DetectionSample;

/// <summary>Turns boxes into what the cells of the network should say, and what they say into boxes.</summary>
internal static class CellGrid
{
    /// <summary>The cells of a row, and the rows.</summary>
    public const int Size = 16;

    /// <summary>The number of cells.</summary>
    public const int Cells = Size * Size;

    /// <summary>What a cell may be in the middle of: nothing, or a kind of garment.</summary>
    public const int Kinds = GarmentKind.Count + 1;

    /// <summary>The edges of a box: left, top, right, bottom.</summary>
    public const int Edges = 4;

    private const int CellPixels = Scene.Size / Size;

    // Distances are counted in half garments from half a garment on: numbers around zero.
    private const float TypicalDistance = 10;

    // The middle of a garment reaches a quarter of its size to each side of its centre.
    private const float MiddleShare = 0.25f;
    private const float LeastScore = 0.05f;

    /// <summary>Writes what the cells should say of a scene.</summary>
    /// <param name="boxes">The garments.</param>
    /// <param name="kinds">Receives a kind for each cell, one more than <see cref="GarmentKind"/>'s, or 0.</param>
    /// <param name="edges">Receives [edge][cell]; cells outside of all garments get the edges of the nearest.</param>
    public static void Encode(IReadOnlyList<SceneBox> boxes, Span<int> kinds, Span<float> edges)
    {
        for (var cell = 0; cell < Cells; cell++)
        {
            var (x, y) = Center(cell);
            var nearest = boxes.MinBy(box => Distance(box, x, y));
            kinds[cell] = Distance(nearest, x, y) <= MiddleShare ? nearest.Kind + 1 : 0;
            edges[cell] = Scale(x - nearest.X);
            edges[Cells + cell] = Scale(y - nearest.Y);
            edges[(2 * Cells) + cell] = Scale(nearest.X + nearest.Width - x);
            edges[(3 * Cells) + cell] = Scale(nearest.Y + nearest.Height - y);
        }
    }

    /// <summary>The boxes that the cells say, each garment once.</summary>
    /// <param name="probabilities">[kind][cell].</param>
    /// <param name="edges">[edge][cell].</param>
    public static DetectedBox[] Decode(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> edges)
    {
        var boxes = new List<DetectedBox>();
        for (var cell = 0; cell < Cells; cell++)
        {
            for (var kind = 1; kind < Kinds; kind++)
            {
                var score = probabilities[(kind * Cells) + cell];
                if (score >= LeastScore)
                {
                    var (x, y) = Center(cell);
                    var (left, top) = (x - Unscale(edges[cell]), y - Unscale(edges[Cells + cell]));
                    var (right, bottom) = (x + Unscale(edges[(2 * Cells) + cell]), y + Unscale(edges[(3 * Cells) + cell]));
                    boxes.Add(Box(kind - 1, left, top, right, bottom, score));
                }
            }
        }

        DetectedBox[] found = [.. boxes];
        return found[..NonMaximumSuppression.Apply(found)];
    }

    /// <summary>A garment as the metrics take it.</summary>
    public static DetectedBox Truth(SceneBox box) => Box(box.Kind, box.X, box.Y, box.X + box.Width, box.Y + box.Height, 1);

    private static DetectedBox Box(int kind, float left, float top, float right, float bottom, float score) => new(
        kind, (left + right) / 2 / Scene.Size, (top + bottom) / 2 / Scene.Size, (right - left) / Scene.Size, (bottom - top) / Scene.Size, score);

    private static (float X, float Y) Center(int cell) => ((cell % Size * CellPixels) + (CellPixels / 2f), (cell / Size * CellPixels) + (CellPixels / 2f));

    // From the centre of a box, in its widths or heights; below one half is inside.
    private static float Distance(SceneBox box, float x, float y) => Math.Max(
        Math.Abs(x - box.X - (box.Width / 2f)) / box.Width, Math.Abs(y - box.Y - (box.Height / 2f)) / box.Height);

    private static float Scale(float pixels) => (pixels / TypicalDistance) - 1;

    private static float Unscale(float value) => (value + 1) * TypicalDistance;
}
