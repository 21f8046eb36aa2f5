namespace ModelGen;

/// <summary>How far a training is. Reported about ten times a second, and at the end of every epoch.</summary>
public readonly record struct FitProgress
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The epochs of the whole training.</summary>
    public required int Epochs { get; init; }

    /// <summary>The batches done in this epoch.</summary>
    public required int Step { get; init; }

    /// <summary>The batches of an epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>The samples trained on so far, in all epochs.</summary>
    public required long Samples { get; init; }

    /// <summary>The samples trained on in a second, since this run began.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The mean loss of the samples of this epoch so far, each as it was before its update.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the next update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>At the end of an epoch what the model does with the validation samples; else null.</summary>
    public Evaluation? Validation { get; init; }

    /// <summary>Whether this epoch is over and the best so far.</summary>
    public bool IsBest { get; init; }

    /// <summary>How long the remaining epochs will take at the present pace.</summary>
    public required TimeSpan TimeLeft { get; init; }
}
