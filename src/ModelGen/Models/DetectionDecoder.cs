namespace ModelGen;

/// <summary>Reads boxes out of what a network predicts that was trained with <c>Detection</c>.</summary>
public static class DetectionDecoder
{
    private const int FirstClass = 5;

    /// <summary>
    /// Takes the box of every cell and anchor, of its most probable class, whose score reaches a least: objectness times the class's
    /// probability. Objects are found by several; <see cref="NonMaximumSuppression"/> keeps the best. Allocates nothing.
    /// </summary>
    /// <param name="prediction">One sample: [anchor][x, y, width, height, objectness, classes…][cell], as the prediction shows it.</param>
    /// <param name="anchors">The number of anchors, at least one.</param>
    /// <param name="classes">The number of classes, at least one.</param>
    /// <param name="leastScore">The least score, 0 … 1.</param>
    /// <param name="boxes">Receives the boxes; long enough for one of each anchor of each cell.</param>
    /// <returns>The number of boxes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no anchors or no classes.</exception>
    /// <exception cref="ArgumentException">The prediction is not that of whole cells, or there is no room for the boxes.</exception>
    public static int Decode(ReadOnlySpan<float> prediction, int anchors, int classes, float leastScore, Span<DetectedBox> boxes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(anchors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var values = FirstClass + classes;
        var (cells, rest) = Math.DivRem(prediction.Length, anchors * values);
        if (rest != 0)
        {
            throw new ArgumentException($"{prediction.Length} numbers are not whole cells of {anchors} anchors with {values} each.", nameof(prediction));
        }

        if (boxes.Length < anchors * cells)
        {
            throw new ArgumentException($"There is room for {boxes.Length} boxes; expected {anchors * cells}, one for each anchor of each cell.", nameof(boxes));
        }

        var found = 0;
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            var own = prediction.Slice(anchor * values * cells, values * cells);
            for (var cell = 0; cell < cells; cell++)
            {
                var best = 0;
                for (var k = 1; k < classes; k++)
                {
                    best = own[((FirstClass + k) * cells) + cell] > own[((FirstClass + best) * cells) + cell] ? k : best;
                }

                var score = own[(4 * cells) + cell] * own[((FirstClass + best) * cells) + cell];
                if (score >= leastScore)
                {
                    boxes[found++] = new(best, own[cell], own[cells + cell], own[(2 * cells) + cell], own[(3 * cells) + cell], score);
                }
            }
        }

        return found;
    }
}
