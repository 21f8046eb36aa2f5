namespace ModelGen;

/// <summary>How <c>Fit</c> trains a model.</summary>
public sealed record FitOptions
{
    /// <summary>How often to go through the training samples; positive, 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Epochs
    {
        get;
        init => field = Setting.Positive(value);
    } = 10;

    /// <summary>The samples of a batch; positive, 64 by default. The last batch of an epoch may be smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int BatchSize
    {
        get;
        init => field = Setting.Positive(value);
    } = 64;

    /// <summary>
    /// How parameters follow their gradients; Adam with a learning rate of 0.001 by default. <see cref="GradientDescent"/>
    /// makes one update an epoch, from the gradient over all training samples.
    /// </summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>The most threads that share the work: as many as there are processors by default. The result does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Threads
    {
        get;
        init => field = Setting.Positive(value);
    } = Environment.ProcessorCount;

    /// <summary>Where the order of the samples and the random numbers of dropout come from.</summary>
    public int Seed { get; init; }

    /// <summary>Whether each epoch takes the samples in another random order; true by default. Never where layers are stateful.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether to leave out a last batch of fewer samples; false by default.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// The batches whose gradients together make one update; positive, 1 by default. The mean is over their samples, so that
    /// n batches act as one of n times the size.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int AccumulateSteps
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>What decides which epoch is the best.</summary>
    public FitMonitor Monitor { get; init; }

    /// <summary>The epochs without a better one after which training stops; null, the default, for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? Patience
    {
        get;
        init => field = value is { } epochs ? Setting.Positive(epochs) : null;
    }

    /// <summary>Whether the model ends up with the parameters of its best epoch, and not of its last; true by default.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The file in which to keep a checkpoint of the training, or null. It is also written when training ends or is cancelled.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>The epochs between two checkpoints; positive, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int CheckpointEvery
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>
    /// A checkpoint to go on from, or null. With the same samples and options the result is, to the bit, that of a training
    /// that was never interrupted; the seed is the checkpoint's.
    /// </summary>
    public string? ResumeFrom { get; init; }
}
