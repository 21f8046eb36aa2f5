namespace ModelGen.Benchmarks;

/// <summary>The models that are measured, under the names the peers' programs have for them (they have no cnn-direct), with the peers' shapes.</summary>
internal static class Workloads
{
    // A model is declared in Models.cs and added here, with the samples of a step.
    private static readonly Entry[] s_all =
    [
        new("xor", 4, setup => Workload.Regress(setup, new Xor(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("mlp", 128, setup => Workload.Classify(setup, new Mlp(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("lenet", 128, setup => Workload.Classify(setup, new LeNet5(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("cnn", 128, setup => Workload.Classify(setup, new Cnn(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("cnn-direct", 128, setup => Workload.Classify(setup, new CnnDirect(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("resnet20", 128, setup => Workload.Classify(setup, new ResNet20(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("unet", 16, setup => Workload.Classify(setup, new UNet(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("video", 16, setup => Workload.Classify(setup, new Video(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("lstm128", 32, setup => Workload.Read(setup, new Lstm128(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("lstm256", 32, setup => Workload.Read(setup, new Lstm256(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("gru128", 32, setup => Workload.Read(setup, new Gru128(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("gru256", 32, setup => Workload.Read(setup, new Gru256(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
        new("forecast", 64, setup => Workload.Regress(setup, new Forecast(1), net => net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net => net.CreatePredictor(setup.Threads).Predict)),
    ];

    /// <summary>The names of all models.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(entry => entry.Name)];

    /// <summary>Makes the workload of a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="batch">The samples of a step, or zero for the peers' number.</param>
    /// <param name="threads">The threads a step and a prediction may use.</param>
    public static Workload Create(string name, int batch, int threads)
    {
        var entry = s_all.First(entry => entry.Name == name);
        return entry.Create(new Setup(name, batch > 0 ? batch : entry.Batch, threads));
    }

    private static Adam Adam => new(1e-3f);

    private sealed record Entry(string Name, int Batch, Func<Setup, Workload> Create);
}
