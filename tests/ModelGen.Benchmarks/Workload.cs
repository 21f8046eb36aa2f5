namespace ModelGen.Benchmarks;

/// <summary>A model with everything a step and a prediction need, all in memory before the clock starts.</summary>
internal sealed class Workload
{
    private Workload(string name, ModelSummary summary, int batch, Action step, Action predict)
    {
        Name = name;
        Summary = summary;
        Batch = batch;
        Step = step;
        Predict = predict;
    }

    public string Name { get; }

    public ModelSummary Summary { get; }

    public int Batch { get; }

    /// <summary>One training step with Adam.</summary>
    public Action Step { get; }

    /// <summary>One prediction of one sample.</summary>
    public Action Predict { get; }

    /// <summary>The names of all models, as the peers' programs have them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["xor", "mlp", "lenet", "cnn"];

    /// <summary>Makes the workload of a model of the given name.</summary>
    public static Workload Create(string name, int threads) => name switch
    {
        "xor" => CreateXor(threads),
        "mlp" => Classify(name, Mlp.Summary, new Mlp(1), threads, static (net, optimizer, batch, threads) => net.CreateTrainer(optimizer, batch, threads).Step, static net => net.CreatePredictor().Predict),
        "lenet" => Classify(name, LeNet5.Summary, new LeNet5(1), threads, static (net, optimizer, batch, threads) => net.CreateTrainer(optimizer, batch, threads).Step, static net => net.CreatePredictor().Predict),
        "cnn" => Classify(name, Cnn.Summary, new Cnn(1), threads, static (net, optimizer, batch, threads) => net.CreateTrainer(optimizer, batch, threads).Step, static net => net.CreatePredictor().Predict),
        _ => throw new ArgumentException($"'{name}' is no model; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    private delegate float ClassifierStep(ReadOnlySpan<float> input, ReadOnlySpan<int> labels);

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

    private static Workload CreateXor(int threads)
    {
        const int Batch = 4;
        var net = new Xor(1);
        var trainer = net.CreateTrainer(new Adam(1e-3f), Batch, threads);
        var predictor = net.CreatePredictor();
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0], sample = [0, 1];
        var output = new float[1];
        return new Workload("xor", Xor.Summary, Batch, () => trainer.Step(inputs, targets), () => predictor.Predict(sample, output));
    }

    private static Workload Classify<TModel>(
        string name, ModelSummary summary, TModel net, int threads, Func<TModel, Optimizer, int, int, ClassifierStep> trainer, Func<TModel, Prediction> predictor)
    {
        const int Batch = 128;
        const int Classes = 10;
        var random = new SeededRandom(1);
        var images = new float[Batch * 784];
        foreach (ref var pixel in images.AsSpan())
        {
            pixel = (float)random.NextGaussian();
        }

        var labels = new int[Batch];
        foreach (ref var label in labels.AsSpan())
        {
            label = random.NextInt(Classes);
        }

        var step = trainer(net, new Adam(1e-3f), Batch, threads);
        var predict = predictor(net);
        var output = new float[Classes];
        return new Workload(name, summary, Batch, () => step(images, labels), () => predict(images.AsSpan(0, 784), output));
    }
}
