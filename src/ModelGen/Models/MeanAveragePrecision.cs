namespace ModelGen;

/// <summary>
/// How good a detector is: for each class the area under its curve of precision over recall, and the mean over the classes that
/// occur. Add each image with <see cref="Add"/>, then read.
/// </summary>
/// <remarks>
/// As the Pascal VOC challenge from 2010 on (Everingham et al., "The Pascal Visual Object Classes Challenge: A Retrospective", 2015):
/// the detections of all images in the order of falling score, each of them right where its overlap with the true box that it
/// overlaps most, of its image and class, reaches the threshold and no surer detection has taken that box; precision made
/// falling from the right; the area summed at every recall (no eleven points).
/// </remarks>
public sealed class MeanAveragePrecision
{
    private readonly float _threshold;
    private readonly List<(float Score, bool IsRight)>[] _detections;
    private readonly int[] _objects;

    /// <param name="classes">The number of classes; at least one.</param>
    /// <param name="threshold">The intersection over union from which a detection is right, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public MeanAveragePrecision(int classes, float threshold = 0.5f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (!(threshold > 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The overlap must lie in (0, 1].");
        }

        _threshold = threshold;
        _objects = new int[classes];
        _detections = [.. Enumerable.Range(0, classes).Select(_ => new List<(float, bool)>())];
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _objects.Length;

    /// <summary>The mean of <see cref="Of"/> over the classes that occur among the true boxes, 0 … 1; zero where none does.</summary>
    public double Value => Enumerable.Range(0, Classes).Where(index => _objects[index] > 0).Select(Of).DefaultIfEmpty(0).Average();

    /// <summary>Counts one image.</summary>
    /// <param name="detected">What the detector found, after non-maximum suppression, in any order.</param>
    /// <param name="truth">What there is; scores do not matter.</param>
    /// <exception cref="ArgumentException">A box has a class that there is not, or a detection no number as its score.</exception>
    public void Add(ReadOnlySpan<DetectedBox> detected, ReadOnlySpan<DetectedBox> truth)
    {
        Check(detected, nameof(detected));
        Check(truth, nameof(truth));
        foreach (var box in truth)
        {
            _objects[box.Class]++;
        }

        var taken = new bool[truth.Length];
        var ordered = detected.ToArray();
        foreach (var box in ordered.OrderByDescending(box => box.Score))
        {
            var (best, overlap) = (-1, 0f);
            for (var i = 0; i < truth.Length; i++)
            {
                if (truth[i].Class == box.Class && box.IntersectionOverUnion(truth[i]) is var own && own > overlap)
                {
                    (best, overlap) = (i, own);
                }
            }

            var isRight = best >= 0 && overlap >= _threshold && !taken[best];
            if (isRight)
            {
                taken[best] = true;
            }

            _detections[box.Class].Add((box.Score, isRight));
        }
    }

    /// <summary>The average precision of one class, 0 … 1; zero for a class that does not occur.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Of(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Classes);
        var ordered = _detections[index].OrderByDescending(detection => detection.Score).ToArray();
        var precision = new double[ordered.Length];
        var right = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            right += ordered[i].IsRight ? 1 : 0;
            precision[i] = (double)right / (i + 1);
        }

        // Every right detection adds a step of recall, at the best precision reached there or further on.
        double area = 0;
        double best = 0;
        for (var i = ordered.Length - 1; i >= 0; i--)
        {
            best = Math.Max(best, precision[i]);
            area += ordered[i].IsRight ? best : 0;
        }

        return _objects[index] == 0 ? 0 : area / _objects[index];
    }

    private void Check(ReadOnlySpan<DetectedBox> boxes, string name)
    {
        foreach (var box in boxes)
        {
            if ((uint)box.Class >= (uint)Classes || float.IsNaN(box.Score))
            {
                throw new ArgumentException($"{box} has no class of 0 … {Classes - 1} or no score.", name);
            }
        }
    }
}
