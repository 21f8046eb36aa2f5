namespace ModelGen;

/// <summary>How an epoch is divided into batches, and batches into updates.</summary>
internal sealed class FitPlan
{
    /// <exception cref="ArgumentException">There are no samples, or no whole batch where only those count.</exception>
    public FitPlan(int samples, FitOptions options, bool isStateful)
    {
        if (samples == 0)
        {
            throw new ArgumentException("There are no training samples; expected at least one.", nameof(samples));
        }

        // Where the gradient is that of all samples their order does not matter.
        var usesWholeSet = options.Optimizer.UsesWholeTrainingSet;
        DropLast = options.DropLast && !usesWholeSet;
        if (DropLast && samples < options.BatchSize)
        {
            throw new ArgumentException(
                $"DropLast leaves nothing of {samples} training samples in batches of {options.BatchSize}; expected at least one whole batch.", nameof(options));
        }

        BatchSize = options.BatchSize;
        if (isStateful && !DropLast && samples % BatchSize != 0)
        {
            throw new ArgumentException(
                $"{samples} training samples are no whole number of batches of {BatchSize}; with stateful layers row b of each batch goes on from row b of the batch before, so expected a multiple of the batch size, or DropLast.", nameof(options));
        }

        Shuffles = options.Shuffle && !usesWholeSet && !isStateful;
        Batches = DropLast ? samples / BatchSize : ((samples - 1) / BatchSize) + 1;
        BatchesPerUpdate = usesWholeSet ? Batches : options.AccumulateSteps;
        Samples = DropLast ? Batches * BatchSize : samples;
    }

    /// <summary>Whether each epoch takes the samples in another order.</summary>
    public bool Shuffles { get; }

    /// <summary>Whether a last batch of fewer samples is left out.</summary>
    public bool DropLast { get; }

    /// <summary>The samples of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>The batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>The batches of an update; the last update of an epoch may have fewer.</summary>
    public int BatchesPerUpdate { get; }

    /// <summary>The updates of an epoch.</summary>
    public int Updates => ((Batches - 1) / BatchesPerUpdate) + 1;

    /// <summary>The samples of an epoch.</summary>
    public int Samples { get; }
}
