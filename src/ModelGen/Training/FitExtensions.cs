namespace ModelGen;

/// <summary>Trains any model class.</summary>
public static class FitExtensions
{
    /// <summary>
    /// Trains a model in place: epochs of shuffled batches, validation after each, checkpoints, and at the end the
    /// parameters of the best epoch.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="model">The model; it goes on from its present parameters.</param>
    /// <param name="train">The training samples.</param>
    /// <param name="validation">Samples to measure each epoch with, or null.</param>
    /// <param name="options">How to train, or null for the defaults.</param>
    /// <param name="progress">Who is told how far it is, on the calling thread, or null.</param>
    /// <param name="cancellationToken">Ends training after the step under way; nothing is thrown, and the report says so.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>
    /// Samples of a model with stateful layers are not shuffled: row b of each batch goes on from row b of the batch before, and
    /// every epoch begins from zero.
    /// A loss or gradient that is not finite ends training as well: the parameters are then those of the best epoch, or,
    /// when there is none, those the training began with; <see cref="FitReport.Divergence"/> says what it was and when.
    /// </remarks>
    /// <exception cref="ArgumentException">The samples do not fit the model, there are none, or options contradict each other.</exception>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    /// <exception cref="ModelFormatException">The checkpoint to go on from is damaged, or of another training.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static FitReport Fit<TModel>(
        this TModel model,
        Dataset train,
        Dataset? validation = null,
        FitOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new FitOptions();
        var plan = new FitPlan(train.Count, options, TModel.Definition.States is { Length: > 0 });
        if (validation is { Count: 0 })
        {
            throw new ArgumentException("There are no validation samples; expected at least one, or null for no validation.", nameof(validation));
        }

        if (options.Monitor == FitMonitor.Accuracy && validation is null)
        {
            throw new ArgumentException("Monitor is Accuracy, which is measured on validation samples; there are none.", nameof(options));
        }

        var trainer = model.CreateTrainer(options.Optimizer, options.BatchSize, options.Threads);
        var definition = TModel.Definition;
        if (options.Monitor == FitMonitor.Accuracy && definition.Outputs[definition.Losses[0].Output].Kind == OutputKind.Value)
        {
            throw new ArgumentException($"Monitor is Accuracy, which {definition.Losses[0].Layer} of {definition.Name} does not have; expected Loss.", nameof(options));
        }

        return new FitLoop(trainer, train, validation, options, plan, progress, cancellationToken).Run();
    }
}
