using ModelGen.Tests.Models;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class FitTests
{
    private static readonly Dataset s_train = NoisyClassifier.CreateData(150, seed: 1);
    private static readonly Dataset s_validation = NoisyClassifier.CreateData(60, seed: 2);

    [Fact]
    public void Learns()
    {
        var model = new NoisyClassifier(seed: 1);
        var report = model.Fit(s_train, s_validation, new FitOptions { Epochs = 20, BatchSize = 16, Optimizer = new Adam(0.02f) });

        Assert.Equal(FitStopReason.Completed, report.StopReason);
        Assert.Equal(20, report.Epochs.Count);
        Assert.Equal(20 * 10, report.Steps);
        Assert.True(report.Epochs[^1].Loss < 0.5 * report.Epochs[0].Loss);
        Assert.InRange(report.Epochs[^1].ValidationAccuracy!.Value, 0.9, 1);
        Assert.True(report.IsBestRestored);
        Assert.Equal(report.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, report.BestEpoch);
        Assert.Equal(0, report.AllocatedBytesPerStep);
        Assert.True(report.SamplesPerSecond > 0);
        Assert.Null(report.Divergence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheNumberOfThreadsChangesNoBit(int threads)
    {
        var two = new NoisyClassifier(seed: 1);
        var other = new NoisyClassifier(seed: 1);
        two.Fit(s_train, s_validation, new FitOptions { Epochs = 3, BatchSize = 70, Threads = 2 });
        other.Fit(s_train, s_validation, new FitOptions { Epochs = 3, BatchSize = 70, Threads = threads });
        Assert.Equal(two.Parameters.Words, other.Parameters.Words);
    }

    [Fact]
    public void TheSeedDecidesTheOrder()
    {
        var options = new FitOptions { Epochs = 1, Seed = 4, RestoreBest = false };
        var (one, same, other, ordered) = (new NoisyClassifier(), new NoisyClassifier(), new NoisyClassifier(), new NoisyClassifier());
        one.Fit(s_train, options: options);
        same.Fit(s_train, options: options);
        other.Fit(s_train, options: options with { Seed = 5 });
        ordered.Fit(s_train, options: options with { Shuffle = false });
        Assert.Equal(one.Parameters.Words, same.Parameters.Words);
        Assert.NotEqual(one.Parameters.Words.ToArray(), other.Parameters.Words.ToArray());
        Assert.NotEqual(one.Parameters.Words.ToArray(), ordered.Parameters.Words.ToArray());
    }

    [Fact]
    public void GradientDescentMakesOneUpdateAnEpochOverAllSamples()
    {
        var small = new LinearRegression(seed: 1);
        var large = new LinearRegression(seed: 1);
        var data = CreateLine(100);
        var options = new FitOptions { Epochs = 5, Optimizer = new GradientDescent(0.05f), BatchSize = 7, DropLast = true };
        var report = small.Fit(data, options: options);
        large.Fit(data, options: options with { BatchSize = 100, Optimizer = new Sgd(0.05f), Shuffle = false });

        Assert.Equal(5, report.Steps);
        for (var i = 0; i < 32; i++)
        {
            Assert.Equal(large.Parameters.Words[i], small.Parameters.Words[i], 1e-5f);
        }
    }

    [Fact]
    public void AccumulatedBatchesActAsOne()
    {
        var accumulated = new LinearRegression(seed: 1);
        var whole = new LinearRegression(seed: 1);
        var data = CreateLine(100);
        var options = new FitOptions { Epochs = 3, Optimizer = new Sgd(0.05f) { Momentum = 0.5f }, BatchSize = 8, AccumulateSteps = 4, Seed = 2 };
        var report = accumulated.Fit(data, options: options);
        whole.Fit(data, options: options with { BatchSize = 32, AccumulateSteps = 1 });

        Assert.Equal(3 * 4, report.Steps);
        Assert.Equal(0, report.AllocatedBytesPerStep);
        for (var i = 0; i < 32; i++)
        {
            Assert.Equal(whole.Parameters.Words[i], accumulated.Parameters.Words[i], 1e-5f);
        }
    }

    [Fact]
    public void StopsEarlyAndKeepsTheBestEpoch()
    {
        // The better it learns the training classes, the worse it does on the validation's, which are others.
        var wrong = NoisyClassifier.CreateData(60, seed: 2, turn: 1);
        var options = new FitOptions { Epochs = 50, BatchSize = 16, Optimizer = new Adam(0.05f), Patience = 3 };
        var model = new NoisyClassifier(seed: 1);
        var report = model.Fit(s_train, wrong, options);
        var best = new NoisyClassifier(seed: 1);
        best.Fit(s_train, wrong, options with { Epochs = 1 });

        Assert.Equal(FitStopReason.EarlyStopped, report.StopReason);
        Assert.Equal(1, report.BestEpoch);
        Assert.Equal(4, report.Epochs.Count);
        Assert.Equal(best.Parameters.Words, model.Parameters.Words);
    }

    [Fact]
    public void CanKeepTheLastEpoch()
    {
        var wrong = NoisyClassifier.CreateData(60, seed: 2, turn: 1);
        var options = new FitOptions { Epochs = 4, BatchSize = 16, Optimizer = new Adam(0.05f), RestoreBest = false };
        var model = new NoisyClassifier(seed: 1);
        var report = model.Fit(s_train, wrong, options);
        var unwatched = new NoisyClassifier(seed: 1);
        unwatched.Fit(s_train, options: options);

        Assert.False(report.IsBestRestored);
        Assert.Equal(unwatched.Parameters.Words, model.Parameters.Words);
    }

    [Fact]
    public void MonitorsAccuracy()
    {
        var model = new NoisyClassifier(seed: 1);
        var report = model.Fit(s_train, s_validation, new FitOptions { Epochs = 8, BatchSize = 16, Optimizer = new Adam(0.02f), Monitor = FitMonitor.Accuracy });
        var greatest = report.Epochs.Max(epoch => epoch.ValidationAccuracy);
        Assert.Equal(report.Epochs.First(epoch => epoch.ValidationAccuracy == greatest).Epoch, report.BestEpoch);
        Assert.Equal(greatest, model.CreateTrainer(new Adam(), 16).Evaluate(s_validation).Accuracy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CancelsBetweenStepsAndKeepsTheBest(bool afterAnEpoch)
    {
        using var source = new CancellationTokenSource();
        var passes = 0;
        NoisyClassifier.AfterPass = () =>
        {
            if (++passes == (afterAnEpoch ? 25 : 5))
            {
                source.Cancel();
            }
        };
        var options = new FitOptions { Epochs = 10, BatchSize = 16 };
        var model = new NoisyClassifier(seed: 1);
        var report = model.Fit(s_train, s_validation, options, cancellationToken: source.Token);
        NoisyClassifier.AfterPass = null;

        Assert.Equal(FitStopReason.Cancelled, report.StopReason);
        Assert.Equal(passes, report.Steps);
        Assert.Equal(afterAnEpoch ? 2 : 0, report.Epochs.Count);
        Assert.Equal(afterAnEpoch, report.IsBestRestored);
        if (afterAnEpoch)
        {
            var same = new NoisyClassifier(seed: 1);
            same.Fit(s_train, s_validation, options with { Epochs = 2 });
            Assert.Equal(same.Parameters.Words, model.Parameters.Words);
        }
    }

    [Fact]
    public void ADivergedTrainingKeepsTheLastGoodParameters()
    {
        var data = CreateLine(64);
        var options = new FitOptions { Epochs = 10, BatchSize = 16, Optimizer = new Sgd(0.05f) { Schedule = new StepSchedule(8, 1e18f) } };
        var model = new LinearRegression(seed: 1);
        var report = model.Fit(data, options: options);
        var good = new LinearRegression(seed: 1);
        good.Fit(data, options: options with { Epochs = 2 });

        Assert.Equal(FitStopReason.Diverged, report.StopReason);
        Assert.Equal(2, report.BestEpoch);
        Assert.True(report.IsBestRestored);
        Assert.Equal(report.Steps + 1, report.Divergence!.Step);
        Assert.InRange(report.Divergence.Step, 9, 12);
        Assert.Equal(good.Parameters.Words, model.Parameters.Words);
    }

    [Fact]
    public void ATrainingThatDivergesAtOnceChangesNothing()
    {
        var inputs = new float[30];
        inputs[20] = float.NaN;
        var model = new LinearRegression(seed: 1);
        var report = model.Fit(Dataset.ForRegression(inputs, 3, new float[10]), options: new FitOptions { BatchSize = 4, Shuffle = false });

        Assert.Equal(FitStopReason.Diverged, report.StopReason);
        Assert.Equal(2, report.Divergence!.Step);
        Assert.Contains("mean_squared_error_1", report.Divergence.Quantity, StringComparison.Ordinal);
        Assert.Empty(report.Epochs);
        Assert.Null(report.BestEpoch);
        Assert.Equal(new LinearRegression(seed: 1).Parameters.Words, model.Parameters.Words);
    }

    [Fact]
    public void ReportsEveryEpoch()
    {
        var progress = new Recorder();
        new NoisyClassifier().Fit(s_train, s_validation, new FitOptions { Epochs = 3, BatchSize = 16 }, progress);
        var ends = progress.Reports.Where(report => report.Validation is not null).ToList();

        Assert.Equal([1, 2, 3], ends.Select(report => report.Epoch));
        Assert.Equal([150, 300, 450], ends.Select(report => report.Samples));
        Assert.All(ends, report => Assert.Equal((10, 10, 3), (report.Step, report.Steps, report.Epochs)));
        Assert.True(ends[0].IsBest);
        Assert.Equal(TimeSpan.Zero, ends[2].TimeLeft);
        Assert.True(ends[0].TimeLeft > TimeSpan.Zero);
        Assert.Equal(60, ends[2].Validation!.SampleCount);
    }

    [Fact]
    public void SchedulesKnowTheLengthOfTheTraining()
    {
        var report = new NoisyClassifier().Fit(
            s_train, options: new FitOptions { Epochs = 4, BatchSize = 16, Optimizer = new Sgd(0.5f) { Schedule = new CosineSchedule() } });
        Assert.Equal(0.5 * new CosineSchedule(40).At(9), report.Epochs[0].LearningRate, 6);
        Assert.Equal(0.5 * new CosineSchedule(40).At(39), report.Epochs[3].LearningRate, 6);
    }

    [Fact]
    public void DropLastLeavesOutTheRest()
    {
        var report = new NoisyClassifier().Fit(s_train, options: new FitOptions { Epochs = 2, BatchSize = 40, DropLast = true });
        Assert.Equal(2 * 3, report.Steps);
        Assert.Throws<ArgumentException>(() => new NoisyClassifier().Fit(s_train, options: new FitOptions { BatchSize = 200, DropLast = true }));
    }

    [Fact]
    public void RefusesWhatCannotBeTrained()
    {
        var model = new NoisyClassifier();
        Assert.Throws<ArgumentException>(() => model.Fit(s_train.Take(0)));
        Assert.Throws<ArgumentException>(() => model.Fit(s_train, s_train.Take(0)));
        Assert.Throws<ArgumentException>(() => model.Fit(s_train, options: new FitOptions { Monitor = FitMonitor.Accuracy }));
        Assert.Throws<ArgumentException>(() => model.Fit(CreateLine(10)));
        Assert.Throws<ArgumentException>(() => new LinearRegression().Fit(CreateLine(10), CreateLine(10), new FitOptions { Monitor = FitMonitor.Accuracy }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { Patience = 0 });
    }

    internal static Dataset CreateLine(int samples)
    {
        var random = new SeededRandom(3);
        var inputs = new float[samples * 3];
        var targets = new float[samples];
        for (var row = 0; row < samples; row++)
        {
            for (var feature = 0; feature < 3; feature++)
            {
                inputs[(3 * row) + feature] = (float)random.NextGaussian();
                targets[row] += (feature + 1) * inputs[(3 * row) + feature];
            }
        }

        return Dataset.ForRegression(inputs, 3, targets);
    }

    private sealed class Recorder : IProgress<FitProgress>
    {
        public List<FitProgress> Reports { get; } = [];

        public void Report(FitProgress value) => Reports.Add(value);
    }
}
