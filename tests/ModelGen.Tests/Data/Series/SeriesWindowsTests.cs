using Xunit;

namespace ModelGen.Tests.Data.Series;

public sealed class SeriesWindowsTests
{
    [Fact]
    public void WindowsBelongToTheStretchOfTheirTargets()
    {
        // Steps 0 … 19 with features (t, 100 + t²): training 0 … 9, validation 10 … 14, test 15 … 19.
        var series = Enumerable.Range(0, 20).SelectMany(t => new[] { t, 100f + (t * t) }).ToArray();
        var windows = new SeriesWindows { Length = 3, Horizon = 2, TrainShare = 0.5, ValidationShare = 0.25 };

        var parts = windows.Cut(series, features: 2, targets: [0]);

        Assert.Equal([3, 4, 5, 6, 7, 8], parts.Train.TargetStarts);
        Assert.Equal([10, 11, 12, 13], parts.Validation.TargetStarts);
        Assert.Equal([15, 16, 17, 18], parts.Test.TargetStarts);
        foreach (var part in new[] { parts.Train, parts.Validation, parts.Test })
        {
            var data = part.Data!;
            Assert.Equal(6, data.Inputs[0].Elements);
            Assert.Equal(2, data.Labels[0].Elements);
            var inputs = data.Inputs[0].Floats.ToArray();
            var targets = data.Labels[0].Floats.ToArray();
            parts.Scaling.Invert(inputs);
            parts.TargetScaling.Invert(targets);
            for (var window = 0; window < data.Count; window++)
            {
                var at = part.TargetStarts[window];
                Assert.Equal(at - 3, inputs[window * 6], 3);
                Assert.Equal(100 + ((at - 1) * (at - 1)), inputs[(window * 6) + 5], 2);
                Assert.Equal(at, targets[window * 2], 3);
                Assert.Equal(at + 1, targets[(window * 2) + 1], 3);
            }
        }
    }

    [Fact]
    public void ScalingKnowsTheTrainingStretchAlone()
    {
        var series = Enumerable.Range(0, 100).Select(t => (float)Math.Sin(t)).ToArray();
        var windows = new SeriesWindows { Length = 5 };
        var first = windows.Cut(series);
        for (var t = 70; t < 100; t++)
        {
            series[t] = 1e6f;
        }

        var second = windows.Cut(series);

        Assert.Equal(first.Scaling.Offsets.ToArray(), second.Scaling.Offsets.ToArray());
        Assert.Equal(first.Train.Data!.Inputs[0].Floats.ToArray(), second.Train.Data!.Inputs[0].Floats.ToArray());
        Assert.Equal(first.Train.Data.Labels[0].Floats.ToArray(), second.Train.Data.Labels[0].Floats.ToArray());
        Assert.True(first.Train.TargetStarts.Max() < 70);
    }

    [Fact]
    public void AStretchWithoutRoomHasNoWindows()
    {
        var parts = new SeriesWindows { Length = 2, Horizon = 4, Stride = 3, TrainShare = 0.9, ValidationShare = 0.1 }.Cut(new float[20]);

        Assert.Equal([2, 5, 8, 11, 14], parts.Train.TargetStarts);
        Assert.Null(parts.Validation.Data);
        Assert.Empty(parts.Test.TargetStarts);
    }

    [Fact]
    public void WrongSeriesAreRefused()
    {
        var windows = new SeriesWindows { Length = 4 };

        Assert.Throws<ArgumentException>(() => windows.Cut(new float[7], features: 2));
        Assert.Throws<ArgumentException>(() => windows.Cut(new float[6]));
        Assert.Throws<ArgumentException>(() => windows.Cut([]));
        Assert.Contains("step 3", Assert.Throws<ArgumentException>(() => windows.Cut([0, 0, 0, float.NaN, 0, 0, 0, 0])).Message);
        Assert.Throws<ArgumentException>(() => (windows with { TrainShare = 0.9, ValidationShare = 0.2 }).Cut(new float[50]));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Cut(new float[50], targets: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWindows { Length = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWindows { Length = 1, TrainShare = 0 });
    }
}
