using Xunit;

namespace ModelGen.Tests.Models;

/// <summary>Boxes, what is kept of them, and how good they are: cases computed by hand, and brute force.</summary>
public sealed class DetectionTests
{
    [Theory]
    [InlineData(0.5f, 0.5f, 0.2f, 0.2f, 1)]
    [InlineData(0.6f, 0.5f, 0.2f, 0.2f, 1f / 3)]
    [InlineData(0.7f, 0.5f, 0.2f, 0.2f, 0)]
    [InlineData(0.5f, 0.5f, 0.1f, 0.1f, 0.25f)]
    [InlineData(0.55f, 0.55f, 0.2f, 0.2f, 0.0225f / (0.08f - 0.0225f))]
    [InlineData(0.5f, 0.5f, 0, 0.2f, 0)]
    [InlineData(0.5f, 0.5f, -0.2f, 0.2f, 0)]
    public void Overlap(float x, float y, float width, float height, float expected)
    {
        var box = new DetectedBox(0, 0.5f, 0.5f, 0.2f, 0.2f);
        var other = new DetectedBox(1, x, y, width, height);
        Assert.Equal(expected, box.IntersectionOverUnion(other), 1e-5f);
        Assert.Equal(expected, other.IntersectionOverUnion(box), 1e-5f);
    }

    [Fact]
    public void SuppressionKeepsTheSurestOfEachClass()
    {
        DetectedBox[] boxes =
        [
            new(0, 0.51f, 0.5f, 0.2f, 0.2f, 0.6f), new(0, 0.5f, 0.5f, 0.2f, 0.2f, 0.9f), new(1, 0.5f, 0.5f, 0.2f, 0.2f, 0.7f), new(0, 0.9f, 0.5f, 0.2f, 0.2f, 0.3f),
        ];
        var kept = new DetectedBox[4];
        Assert.Equal(3, NonMaximumSuppression.Apply(boxes, kept));
        Assert.Equal([boxes[1], boxes[2], boxes[3]], kept[..3]);
        Assert.Equal(0.6f, boxes[0].Score);
    }

    [Fact]
    public void SuppressionAgreesWithBruteForce()
    {
        var random = new Random(1);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var boxes = Boxes(random, random.Next(0, 30));
            var threshold = random.Next(1, 10) / 10f;
            var left = boxes.OrderByDescending(box => box.Score).ToList();
            var expected = new List<DetectedBox>();
            while (left.Count > 0)
            {
                var best = left[0];
                expected.Add(best);
                left = [.. left.Skip(1).Where(box => box.Class != best.Class || best.IntersectionOverUnion(box) <= threshold)];
            }

            var count = NonMaximumSuppression.Apply(boxes, threshold);
            Assert.Equal(expected, boxes[..count]);
        }
    }

    [Fact]
    public void SuppressionAllocatesNothing()
    {
        var boxes = Boxes(new Random(1), 50);
        var kept = new DetectedBox[50];
        NonMaximumSuppression.Apply(boxes, kept);
        var before = GC.GetAllocatedBytesForCurrentThread();
        NonMaximumSuppression.Apply(boxes, kept);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void SuppressionChecksItsArguments()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Apply(new DetectedBox[1], 1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Apply(new DetectedBox[1], float.NaN));
        Assert.Throws<ArgumentException>(() => NonMaximumSuppression.Apply(new DetectedBox[2], new DetectedBox[1]));
    }

    [Fact]
    public void AveragePrecisionOfAKnownCurve()
    {
        // Right, wrong, right, wrong, with three objects: precision 1, 1/2, 2/3, 1/2 at recall 1/3, 1/3, 2/3, 2/3.
        var precision = new MeanAveragePrecision(classes: 2);
        DetectedBox a = new(0, 0.2f, 0.2f, 0.2f, 0.2f), b = new(0, 0.8f, 0.2f, 0.2f, 0.2f), c = new(0, 0.2f, 0.8f, 0.2f, 0.2f);
        precision.Add([a with { Score = 0.9f }, a with { Score = 0.8f, CenterX = 0.21f }], [a, b]);
        precision.Add([c with { Score = 0.7f }, c with { Score = 0.6f, CenterX = 0.6f }], [c]);
        Assert.Equal((1 + (2.0 / 3)) / 3, precision.Of(0), 1e-12);
        Assert.Equal(0, precision.Of(1));
        Assert.Equal(precision.Of(0), precision.Value, 1e-12);
    }

    [Fact]
    public void AveragePrecisionAgreesWithTheAreaOfTheCurve()
    {
        var random = new Random(2);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var measured = new MeanAveragePrecision(classes: 1, threshold: 0.3f);
            var all = new List<(float Score, bool IsRight)>();
            var objects = 0;
            for (var image = 0; image < 4; image++)
            {
                DetectedBox[] detected = [.. Boxes(random, random.Next(0, 8)).Select(box => box with { Class = 0 })];
                DetectedBox[] truth = [.. Boxes(random, random.Next(0, 5)).Select(box => box with { Class = 0 })];
                measured.Add(detected, truth);
                objects += truth.Length;
                var taken = new HashSet<int>();
                foreach (var box in detected.OrderByDescending(box => box.Score))
                {
                    var best = truth.Length == 0 ? -1 : Enumerable.Range(0, truth.Length).MaxBy(i => box.IntersectionOverUnion(truth[i]));
                    all.Add((box.Score, best >= 0 && box.IntersectionOverUnion(truth[best]) >= 0.3f && taken.Add(best)));
                }
            }

            // The best precision at every recall or beyond, summed in thin slices of recall.
            all = [.. all.OrderByDescending(detection => detection.Score)];
            var curve = Enumerable.Range(1, all.Count)
                .Select(count => (Recall: (double)all.Take(count).Count(detection => detection.IsRight) / objects, Precision: (double)all.Take(count).Count(detection => detection.IsRight) / count))
                .ToList();
            double area = 0;
            for (var step = 1; step <= objects; step++)
            {
                area += curve.Where(point => point.Recall >= ((double)step / objects) - 1e-9).Select(point => point.Precision).DefaultIfEmpty(0).Max() / objects;
            }

            Assert.Equal(area, measured.Value, 1e-12);
        }
    }

    [Fact]
    public void AveragePrecisionChecksItsArguments()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanAveragePrecision(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanAveragePrecision(1, 0));
        var precision = new MeanAveragePrecision(2);
        Assert.Throws<ArgumentException>("truth", () => precision.Add([], [new DetectedBox(2, 0, 0, 1, 1)]));
        Assert.Throws<ArgumentException>("detected", () => precision.Add([new DetectedBox(0, 0, 0, 1, 1, float.NaN)], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => precision.Of(2));
    }

    private static DetectedBox[] Boxes(Random random, int count)
    {
        var boxes = new DetectedBox[count];
        for (var i = 0; i < count; i++)
        {
            boxes[i] = new(random.Next(3), random.NextSingle(), random.NextSingle(), 0.1f + (random.NextSingle() / 2), 0.1f + (random.NextSingle() / 2), random.NextSingle());
        }

        return boxes;
    }
}
