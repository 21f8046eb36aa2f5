using ModelGen.Tests.Data;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>A training that is cancelled anywhere and resumed ends with the bits of one that never stopped.</summary>
public sealed class FitResumeTests : IDisposable
{
    private static readonly Dataset s_train = NoisyClassifier.CreateData(150, seed: 1);
    private static readonly Dataset s_validation = NoisyClassifier.CreateData(60, seed: 2);

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["training.checkpoint"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 1)]
    [InlineData(37, 1)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(10, 3)]
    [InlineData(23, 3)]
    public void AResumedTrainingHasTheSameBits(int passes, int accumulateSteps)
    {
        var options = new FitOptions
        {
            Epochs = 5,
            BatchSize = 16,
            Optimizer = new Adam(0.05f) { Schedule = new OneCycleSchedule() },
            Seed = 3,
            AccumulateSteps = accumulateSteps,
        };
        Resumes(options, passes);
    }

    [Fact]
    public void AResumedGradientDescentHasTheSameBits() =>
        Resumes(new FitOptions { Epochs = 6, BatchSize = 16, Optimizer = new GradientDescent(0.5f) }, passes: 25);

    [Fact]
    public void ACheckpointOfEveryEpochIsEnough()
    {
        var whole = new NoisyClassifier(seed: 1);
        var options = new FitOptions { Epochs = 6, BatchSize = 16, Optimizer = new RmsProp { Momentum = 0.5f } };
        whole.Fit(s_train, s_validation, options);

        // The first run ends like a process that is killed in its fourth epoch: without a last word.
        var killed = new NoisyClassifier(seed: 1);
        var passes = 0;
        NoisyClassifier.AfterPass = () =>
        {
            if (++passes == 35)
            {
                throw new IOException("killed");
            }
        };
        Assert.Throws<IOException>(() => killed.Fit(s_train, s_validation, options with { CheckpointPath = FilePath, CheckpointEvery = 2 }));
        NoisyClassifier.AfterPass = null;
        var resumed = new NoisyClassifier(seed: 9);
        var report = resumed.Fit(s_train, s_validation, options with { ResumeFrom = FilePath });

        Assert.Equal(whole.Parameters.Words, resumed.Parameters.Words);
        Assert.Equal(6, report.Epochs.Count);
    }

    [Fact]
    public void AFinishedTrainingCanBeExtended()
    {
        var options = new FitOptions { Epochs = 2, BatchSize = 16, CheckpointPath = FilePath, RestoreBest = false };
        var model = new NoisyClassifier(seed: 1);
        model.Fit(s_train, s_validation, options);
        var done = model.Fit(s_train, s_validation, options with { ResumeFrom = FilePath });
        Assert.Equal(FitStopReason.Completed, done.StopReason);
        Assert.Equal(2, done.Epochs.Count);

        var report = model.Fit(s_train, s_validation, options with { ResumeFrom = FilePath, Epochs = 4 });
        var whole = new NoisyClassifier(seed: 1);
        whole.Fit(s_train, s_validation, options with { Epochs = 4, CheckpointPath = null });
        Assert.Equal(4, report.Epochs.Count);
        Assert.Equal(whole.Parameters.Words, model.Parameters.Words);
    }

    [Fact]
    public void AStoppedTrainingStaysStopped()
    {
        var wrong = NoisyClassifier.CreateData(60, seed: 2, turn: 1);
        var options = new FitOptions { Epochs = 50, BatchSize = 16, Optimizer = new Adam(0.05f), Patience = 2, CheckpointPath = FilePath };
        var model = new NoisyClassifier(seed: 1);
        model.Fit(s_train, wrong, options);
        var resumed = new NoisyClassifier();
        var report = resumed.Fit(s_train, wrong, options with { ResumeFrom = FilePath });
        Assert.Equal(FitStopReason.EarlyStopped, report.StopReason);
        Assert.Equal(3, report.Epochs.Count);
        Assert.Equal(model.Parameters.Words, resumed.Parameters.Words);
    }

    [Fact]
    public void RefusesACheckpointOfOtherSamples()
    {
        var options = new FitOptions { Epochs = 1, BatchSize = 16, CheckpointPath = FilePath };
        new NoisyClassifier().Fit(s_train, options: options);
        var model = new NoisyClassifier(seed: 7);
        var error = Assert.Throws<ModelFormatException>(() => model.Fit(s_validation, options: options with { ResumeFrom = FilePath }));
        Assert.Equal(("fit.samples", "150", "60, the number of training samples"), (error.Field, error.Found, error.Expected));
        error = Assert.Throws<ModelFormatException>(() => model.Fit(s_train, options: options with { ResumeFrom = FilePath, BatchSize = 17 }));
        Assert.Equal("fit.batch_size", error.Field);
        Assert.Equal(new NoisyClassifier(seed: 7).Parameters.Words, model.Parameters.Words);
    }

    private void Resumes(FitOptions options, int passes)
    {
        var whole = new NoisyClassifier(seed: 1);
        var expected = whole.Fit(s_train, s_validation, options with { CheckpointPath = _folder["whole.checkpoint"] });

        using var source = new CancellationTokenSource();
        var count = 0;
        NoisyClassifier.AfterPass = () =>
        {
            if (++count == passes)
            {
                source.Cancel();
            }
        };
        var cancelled = new NoisyClassifier(seed: 1).Fit(s_train, s_validation, options with { CheckpointPath = FilePath }, cancellationToken: source.Token);
        NoisyClassifier.AfterPass = null;
        Assert.Equal(FitStopReason.Cancelled, cancelled.StopReason);

        var model = new NoisyClassifier(seed: 8);
        var report = model.Fit(
            s_train, s_validation, options with { Seed = 77, ResumeFrom = FilePath, CheckpointPath = FilePath, Threads = 1 });
        Assert.Equal(whole.Parameters.Words, model.Parameters.Words);
        Assert.Equal(Tensors(_folder["whole.checkpoint"]), Tensors(FilePath));
        Assert.Equal(expected.BestEpoch, report.BestEpoch);
        Assert.Equal(expected.Steps, report.Steps);
        Assert.Equal(
            expected.Epochs.Select(epoch => epoch with { Seconds = 0 }),
            report.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    /// <summary>Everything in a checkpoint but its header, which holds times: parameters, moments and best parameters.</summary>
    private static byte[] Tensors(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes[(8 + (int)BitConverter.ToUInt64(bytes))..];
    }
}
