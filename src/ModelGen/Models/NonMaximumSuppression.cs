namespace ModelGen;

/// <summary>Keeps, of boxes of one class that overlap much, the one of the highest score: a detector finds an object several times.</summary>
/// <remarks>The greedy procedure of Felzenszwalb et al., "Object Detection with Discriminatively Trained Part-Based Models", 2010, class by class.</remarks>
public static class NonMaximumSuppression
{
    /// <summary>
    /// Sorts the boxes by falling score and drops each that overlaps a kept one of its class by more than
    /// <paramref name="threshold"/>. Works in place and allocates nothing; time grows with the number of boxes times that of the
    /// kept ones.
    /// </summary>
    /// <param name="boxes">The boxes; afterwards the kept ones stand in front, the surest first, and the rest is undefined.</param>
    /// <param name="threshold">The overlap, as intersection over union, up to which both boxes stay; in [0, 1]. 0.45 is usual.</param>
    /// <returns>The number of boxes kept.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
    public static int Apply(Span<DetectedBox> boxes, float threshold = 0.45f)
    {
        if (!(threshold >= 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The overlap must lie in [0, 1].");
        }

        boxes.Sort(static (a, b) => Order(a, b));
        var kept = 0;
        foreach (var box in boxes)
        {
            if (!Overlaps(boxes[..kept], box, threshold))
            {
                boxes[kept++] = box;
            }
        }

        return kept;
    }

    /// <summary>Copies the boxes that <see cref="Apply(Span{DetectedBox}, float)"/> would keep, the surest first; allocates nothing.</summary>
    /// <param name="boxes">The boxes, which stay as they are.</param>
    /// <param name="kept">Where the kept ones go; at least as long as <paramref name="boxes"/>, because it is worked in.</param>
    /// <param name="threshold">The overlap, as intersection over union, up to which both boxes stay; in [0, 1].</param>
    /// <returns>The number of boxes kept.</returns>
    /// <exception cref="ArgumentException"><paramref name="kept"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
    public static int Apply(ReadOnlySpan<DetectedBox> boxes, Span<DetectedBox> kept, float threshold = 0.45f)
    {
        if (kept.Length < boxes.Length)
        {
            throw new ArgumentException($"There is room for {kept.Length} boxes; {boxes.Length} are given.", nameof(kept));
        }

        boxes.CopyTo(kept);
        return Apply(kept[..boxes.Length], threshold);
    }

    private static bool Overlaps(ReadOnlySpan<DetectedBox> kept, in DetectedBox box, float threshold)
    {
        foreach (ref readonly var other in kept)
        {
            if (other.Class == box.Class && other.IntersectionOverUnion(box) > threshold)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By falling score; equal ones by class and place, so that the outcome does not depend on the order they came in.</summary>
    private static int Order(in DetectedBox a, in DetectedBox b)
    {
        var order = b.Score.CompareTo(a.Score);
        order = order != 0 ? order : a.Class.CompareTo(b.Class);
        order = order != 0 ? order : a.CenterY.CompareTo(b.CenterY);
        order = order != 0 ? order : a.CenterX.CompareTo(b.CenterX);
        order = order != 0 ? order : a.Height.CompareTo(b.Height);
        return order != 0 ? order : a.Width.CompareTo(b.Width);
    }
}
