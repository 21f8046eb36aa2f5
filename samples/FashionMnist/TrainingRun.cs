using ModelGen;

namespace FashionMnistSample;

/// <summary>Loads, trains, saves, tests.</summary>
internal static class TrainingRun
{
    private const int TestBatch = 256;

    /// <summary>Trains a model class.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="createClassifier">Makes a trained model a function of images.</param>
    /// <param name="view">Who shows it.</param>
    /// <param name="cancellation">Ends training early.</param>
    /// <exception cref="IOException">A file is missing, damaged, or cannot be written.</exception>
    public static TrainingResult Start<TModel>(
        Options options, Func<TModel, ImageClassifier> createClassifier, ITrainingView view, CancellationToken cancellation)
        where TModel : IModel<TModel>
    {
        var data = FashionData.Load(options);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Save))!);
        var model = TModel.Create(options.Seed);
        view.Introduce(TModel.Summary, data, options);

        // The network that does best on the validation images is kept; the test images are seen only once, at the end.
        var recipe = Recipe.For(options.Model);
        var fit = new FitOptions
        {
            Epochs = options.Epochs,
            BatchSize = options.Batch,
            Threads = options.Threads,
            Seed = options.Seed,
            Optimizer = recipe.Optimizer,
            Monitor = FitMonitor.Accuracy,
            CheckpointPath = options.Save,
            ResumeFrom = options.Resume,
        };
        var train = recipe.UsesMirrorImages ? MirrorImages.AddTo(data.Train, FashionData.Size) : data.Train;
        var report = view.Follow(progress => model.Fit(train, data.Validation, fit, progress, cancellation));

        var parameterFile = Path.ChangeExtension(options.Save, ".safetensors");
        ModelFile.Save(parameterFile, model.Parameters);
        var test = model.CreateTrainer(fit.Optimizer, TestBatch, options.Threads).Evaluate(data.Test);
        return new(options, data, report, test, createClassifier(model), parameterFile);
    }
}
