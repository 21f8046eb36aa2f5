using System.Diagnostics;

namespace ModelGen;

/// <summary>
/// One training from beginning to end, or from a checkpoint on. Its state moves from update to update: what a batch in
/// between has done is undone when training stops there, so that every checkpoint stands at an update.
/// </summary>
internal sealed class FitLoop
{
    // Sequences of random numbers apart from those that parameters begin with, which count from zero.
    private const long FirstShuffle = 1L << 32;

    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Trainer _trainer;
    private readonly Dataset _train;
    private readonly Dataset? _validation;
    private readonly FitOptions _options;
    private readonly FitPlan _plan;
    private readonly IProgress<FitProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly StepMeter _meter = new();
    private readonly BestParameters _best;
    private readonly int[] _order;
    private readonly float[] _statistics;
    private readonly RowStates _states;
    private FitState _state = new();
    private long _lastReport;

    public FitLoop(
        Trainer trainer, Dataset train, Dataset? validation, FitOptions options, FitPlan plan, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        _trainer = trainer;
        _train = train;
        _validation = validation;
        _options = options;
        _plan = plan;
        _progress = progress;
        _cancellation = cancellation;
        _best = new BestParameters(options.Monitor);
        _order = new int[train.Count];
        _statistics = new float[Statistics.Length];
        _states = trainer.CreateStates();
    }

    private Span<float> Statistics => _trainer.Parameters.Words[_trainer.Parameters.TrainedWords..];

    /// <summary>Trains.</summary>
    public FitReport Run()
    {
        _trainer.Seed = _options.Seed;
        if (_options.ResumeFrom is { } path)
        {
            Resume(path);
        }

        _trainer.PlannedSteps = (long)_options.Epochs * _plan.Updates;
        var reason = FitStopReason.Diverged;
        var isBestRestored = false;
        TrainingDivergedException? divergence = null;
        var first = _trainer.Parameters.Words.ToArray();
        try
        {
            reason = RunEpochs();
            SaveCheckpoint();
        }
        catch (TrainingDivergedException error)
        {
            // The present parameters are those whose loss or gradient is not finite.
            divergence = error;
            first.CopyTo(_trainer.Parameters.Words);
        }
        finally
        {
            // Also when a checkpoint cannot be written, or whoever watches the progress throws.
            isBestRestored = (_options.RestoreBest || divergence is not null) && _best.Restore(_trainer.Parameters);
        }

        return new FitReport
        {
            Epochs = _state.History,
            BestEpoch = _state.BestEpoch > 0 ? _state.BestEpoch : null,
            IsBestRestored = isBestRestored,
            StopReason = reason,
            Divergence = divergence,
            Steps = _trainer.StepCount,
            Seconds = _meter.Seconds,
            SamplesPerSecond = _meter.SamplesPerSecond,
            AllocatedBytesPerStep = _meter.MostAllocatedBytes,
        };
    }

    private void Resume(string path)
    {
        var checkpoint = Checkpoint.Read(path, _trainer);
        _state = FitState.FromNotes(path, checkpoint.Notes, _train.Count, _plan);
        _best.Values = checkpoint.Best;
        checkpoint.ApplyTo(_trainer);
    }

    private FitStopReason RunEpochs()
    {
        while (_state.History.Count < _options.Epochs)
        {
            if (_state.History.Count - _state.BestEpoch >= _options.Patience)
            {
                return FitStopReason.EarlyStopped;
            }

            if (!RunEpoch())
            {
                return FitStopReason.Cancelled;
            }
        }

        return FitStopReason.Completed;
    }

    /// <summary>Runs what is left of an epoch.</summary>
    /// <returns>False when cancelled.</returns>
    private bool RunEpoch()
    {
        var start = Stopwatch.GetTimestamp();
        FillOrder();
        if (_state.Batch == 0)
        {
            _trainer.ResetState();
        }

        var batches = new MiniBatches(_order, _plan.BatchSize, _plan.DropLast);
        while (_state.Batch < _plan.Batches)
        {
            if (!RunUpdate(batches))
            {
                _state.Seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
                return false;
            }
        }

        CompleteEpoch(start);
        return true;
    }

    private void FillOrder()
    {
        if (_plan.Shuffles)
        {
            _train.FillShuffledOrder(_order, SeededRandom.Derive(_trainer.Seed, FirstShuffle + _state.History.Count));
        }
        else
        {
            _train.FillOrder(_order);
        }
    }

    /// <summary>Makes one update of the next batches.</summary>
    /// <returns>False when cancelled; nothing has changed then.</returns>
    private bool RunUpdate(MiniBatches batches)
    {
        var end = Math.Min(_plan.Batches, _state.Batch + _plan.BatchesPerUpdate);
        var rate = _trainer.LearningRate;
        var lossSum = _state.LossSum;
        var samples = _state.LossSamples;
        Statistics.CopyTo(_statistics);
        _states.CopyFrom(_trainer.States);
        for (var batch = _state.Batch; batch < end; batch++)
        {
            if (_cancellation.IsCancellationRequested)
            {
                _statistics.CopyTo(Statistics);
                _trainer.States.CopyFrom(_states);
                return false;
            }

            var rows = batches[batch];
            lossSum += (double)RunBatch(rows, batch + 1 == end) * rows.Length;
            samples += rows.Length;
            Report(batch + 1, lossSum / samples);
        }

        _state.Batch = end;
        _state.LossSum = lossSum;
        _state.LossSamples = samples;
        _state.LearningRate = rate;
        return true;
    }

    private float RunBatch(ReadOnlySpan<int> rows, bool isUpdate)
    {
        _meter.Start();
        float loss;
        try
        {
            if (_plan.BatchesPerUpdate == 1)
            {
                loss = _trainer.Step(_train, rows);
            }
            else
            {
                loss = _trainer.Accumulate(_train, rows);
                if (isUpdate)
                {
                    _trainer.Update();
                }
            }
        }
        catch (TrainingDivergedException)
        {
            _statistics.CopyTo(Statistics);
            throw;
        }

        _meter.Stop(rows.Length, isUpdate);
        return loss;
    }

    private void CompleteEpoch(long start)
    {
        var evaluation = _validation is null ? null : _trainer.Evaluate(_validation);
        var number = _state.History.Count + 1;
        var seconds = _state.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds;
        var epoch = new FitEpoch(number, _state.Loss, evaluation?.Loss, evaluation?.Accuracy, _state.LearningRate, seconds);
        var isBest = _best.IsBetter(epoch, _state.BestEpoch > 0 ? _state.History[_state.BestEpoch - 1] : null);
        if (isBest)
        {
            _best.Keep(_trainer.Parameters);
            _state.BestEpoch = number;
        }

        _state.Complete(epoch);
        _progress?.Report(Describe(number, _plan.Batches, epoch.Loss) with { Validation = evaluation, IsBest = isBest });
        _lastReport = Stopwatch.GetTimestamp();
        if (number % _options.CheckpointEvery == 0 && number < _options.Epochs)
        {
            SaveCheckpoint();
        }
    }

    private void SaveCheckpoint()
    {
        if (_options.CheckpointPath is { } path)
        {
            Checkpoint.Save(path, _trainer, _state.ToNotes(_train.Count, _plan.BatchSize), _best.Values);
        }
    }

    private void Report(int batch, double loss)
    {
        if (_progress is null || batch == _plan.Batches || Stopwatch.GetElapsedTime(_lastReport) < s_reportInterval)
        {
            return;
        }

        _lastReport = Stopwatch.GetTimestamp();
        _progress.Report(Describe(_state.History.Count + 1, batch, loss));
    }

    private FitProgress Describe(int epoch, int batch, double loss)
    {
        var samples = ((epoch - 1) * (long)_plan.Samples) + Math.Min((long)batch * _plan.BatchSize, _plan.Samples);
        var left = (_options.Epochs * (long)_plan.Samples) - samples;
        return new FitProgress
        {
            Epoch = epoch,
            Epochs = _options.Epochs,
            Step = batch,
            Steps = _plan.Batches,
            Samples = samples,
            SamplesPerSecond = _meter.SamplesPerSecond,
            Loss = loss,
            LearningRate = _trainer.LearningRate,
            TimeLeft = _meter.Samples > 0 ? TimeSpan.FromSeconds(_meter.Seconds * left / _meter.Samples) : TimeSpan.Zero,
        };
    }
}
