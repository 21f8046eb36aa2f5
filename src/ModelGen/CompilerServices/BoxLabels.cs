using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>
/// Boxes for <c>Detection</c>: a row holds a target for every raw value of the detector, [anchor][value][row][column]. The values of
/// an anchor are x, y, w, h, objectness and one for each class; see the attribute for what each should be.
/// </summary>
/// <remarks>
/// Where no box is asked for, x, y, w and h have the target <see cref="NoTarget"/>; objectness is 1, 0, or −1 where it is left
/// out; the targets of classes are 1 for that of a box and 0 else.
/// </remarks>
/// <param name="anchors">The widths and heights of the anchors in turn, relative to the image.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="height">The rows of the grid.</param>
/// <param name="width">Its columns.</param>
/// <param name="ignoreOverlap">From which overlap on an anchor that is not responsible is left out.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoxLabels(float[] anchors, int classes, int height, int width, float ignoreOverlap) : CountedLabels
{
    /// <summary>The target of a place or size that no box asks for: below all others.</summary>
    public const float NoTarget = -1000;

    private const int Objectness = 4;
    private const int FirstClass = 5;

    private readonly int _cells = height * width;
    private readonly int _values = FirstClass + classes;

    /// <inheritdoc/>
    public override int Elements => 5;

    /// <inheritdoc/>
    public override bool IsInt => false;

    /// <inheritdoc/>
    internal override string Unit => "boxes";

    private int Anchors => anchors.Length / 2;

    /// <inheritdoc/>
    internal override string? Write(ReadOnlySpan<float> labels, int steps, Span<float> row)
    {
        var boxes = labels.Length / Elements;
        for (var i = 0; i < boxes; i++)
        {
            if (Refuse(labels.Slice(i * Elements, Elements), i) is { } wrong)
            {
                return wrong;
            }
        }

        Clear(row);
        for (var i = 0; i < boxes; i++)
        {
            Ignore(Box(labels, i), row);
        }

        for (var i = 0; i < boxes; i++)
        {
            Ask(Box(labels, i), row);
        }

        return null;
    }

    private DetectedBox Box(ReadOnlySpan<float> labels, int index)
    {
        var box = labels.Slice(index * Elements, Elements);
        return new((int)box[0], box[1], box[2], box[3], box[4]);
    }

    private string? Refuse(ReadOnlySpan<float> box, int index)
    {
        if (!(box[0] >= 0 && box[0] < classes && box[0] == MathF.Floor(box[0])))
        {
            return $"class {box[0]} in box {index}; expected a whole number of 0 … {classes - 1}";
        }

        if (!(box[1] is >= 0 and <= 1 && box[2] is >= 0 and <= 1))
        {
            return $"centre ({box[1]}, {box[2]}) in box {index}; expected 0 … 1, relative to the image";
        }

        return box[3] > 0 && box[4] > 0 && float.IsFinite(box[3]) && float.IsFinite(box[4])
            ? null
            : $"size ({box[3]}, {box[4]}) in box {index}; expected numbers above 0";
    }

    private void Clear(Span<float> row)
    {
        row.Clear();
        for (var anchor = 0; anchor < Anchors; anchor++)
        {
            row.Slice(anchor * _values * _cells, Objectness * _cells).Fill(NoTarget);
        }
    }

    /// <summary>Leaves out the anchors that overlap a box, each in the middle of its cell.</summary>
    private void Ignore(in DetectedBox box, Span<float> row)
    {
        for (var anchor = 0; anchor < Anchors; anchor++)
        {
            for (var cell = 0; cell < _cells; cell++)
            {
                var prior = new DetectedBox(0, ((cell % width) + 0.5f) / width, ((cell / width) + 0.5f) / height, anchors[2 * anchor], anchors[(2 * anchor) + 1]);
                if (prior.IntersectionOverUnion(box) > ignoreOverlap)
                {
                    row[At(anchor, Objectness, cell)] = -1;
                }
            }
        }
    }

    /// <summary>Asks the responsible anchor for a box.</summary>
    private void Ask(in DetectedBox box, Span<float> row)
    {
        var (x, y) = ((double)box.CenterX * width, (double)box.CenterY * height);
        var (column, line) = (Math.Min((int)x, width - 1), Math.Min((int)y, height - 1));
        var cell = (line * width) + column;
        var (best, overlap) = (-1, -1.0);
        for (var anchor = 0; anchor < Anchors; anchor++)
        {
            if (row[At(anchor, Objectness, cell)] < 1 && ShapeOverlap(box, anchor) is var own && own > overlap)
            {
                (best, overlap) = (anchor, own);
            }
        }

        if (best < 0)
        {
            return;
        }

        row[At(best, 0, cell)] = (float)(x - column);
        row[At(best, 1, cell)] = (float)(y - line);
        row[At(best, 2, cell)] = (float)Math.Log((double)box.Width / anchors[2 * best]);
        row[At(best, 3, cell)] = (float)Math.Log((double)box.Height / anchors[(2 * best) + 1]);
        row[At(best, Objectness, cell)] = 1;
        row[At(best, FirstClass + box.Class, cell)] = 1;
    }

    /// <summary>Intersection over union of a box and an anchor with their centres together.</summary>
    private double ShapeOverlap(in DetectedBox box, int anchor)
    {
        double w = anchors[2 * anchor];
        double h = anchors[(2 * anchor) + 1];
        var intersection = Math.Min(w, box.Width) * Math.Min(h, box.Height);
        return intersection / ((w * h) + ((double)box.Width * box.Height) - intersection);
    }

    private int At(int anchor, int value, int cell) => (((anchor * _values) + value) * _cells) + cell;
}
