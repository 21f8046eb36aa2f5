namespace ModelGen;

/// <summary>What came of a training.</summary>
public sealed class FitReport
{
    internal FitReport()
    {
    }

    /// <summary>Every epoch in order; also those before the checkpoint the training went on from.</summary>
    public required IReadOnlyList<FitEpoch> Epochs { get; init; }

    /// <summary>The best epoch, counted from 1; null before the end of the first.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>Whether the model has the parameters of <see cref="BestEpoch"/>; otherwise those of the last update, or, where training diverged, of its beginning.</summary>
    public required bool IsBestRestored { get; init; }

    /// <summary>Why the training ended.</summary>
    public required FitStopReason StopReason { get; init; }

    /// <summary>What became infinite or not a number, and in which step; null unless the training diverged.</summary>
    public TrainingDivergedException? Divergence { get; init; }

    /// <summary>The number of updates, before and after a checkpoint.</summary>
    public required long Steps { get; init; }

    /// <summary>How long this run took, in seconds, validation and checkpoints included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The samples trained on in a second of this run, validation and checkpoints excluded.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>
    /// The most managed memory that one update of this run allocated on the training thread, in bytes, after the first:
    /// zero, unless something is wrong.
    /// </summary>
    public required long AllocatedBytesPerStep { get; init; }
}
