namespace ModelGen.Benchmarks;

/// <summary>The models that are measured, under the names the peers' programs have for them, with the peers' shapes.</summary>
internal static class Workloads
{
    // A model is declared in Models.cs and added here, with the samples of a step.
    private static readonly Entry[] s_all =
    [
        new("xor", 4, Xor),
        new("mlp", 128, Mlp),
        new("lenet", 128, LeNet),
        new("cnn", 128, Cnn),
        new("resnet20", 128, ResNet20),
        new("unet", 16, UNet),
        new("video", 16, Video),
        new("lstm128", 32, Lstm128),
        new("lstm256", 32, Lstm256),
        new("gru128", 32, Gru128),
        new("gru256", 32, Gru256),
        new("forecast", 64, Forecast),
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

    private static Workload Xor(Setup setup)
    {
        var net = new Xor(1);
        return Workload.Regress(setup.Name, Benchmarks.Xor.Summary, setup.Batch, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Mlp(Setup setup)
    {
        var net = new Mlp(1);
        return Workload.Classify(setup.Name, Benchmarks.Mlp.Summary, setup.Batch, 10, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload LeNet(Setup setup)
    {
        var net = new LeNet5(1);
        return Workload.Classify(setup.Name, LeNet5.Summary, setup.Batch, 10, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Cnn(Setup setup)
    {
        var net = new Cnn(1);
        return Workload.Classify(setup.Name, Benchmarks.Cnn.Summary, setup.Batch, 10, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Video(Setup setup)
    {
        var net = new Video(1);
        return Workload.Classify(setup.Name, Benchmarks.Video.Summary, setup.Batch, 8, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload ResNet20(Setup setup)
    {
        var net = new ResNet20(1);
        return Workload.Classify(setup.Name, Benchmarks.ResNet20.Summary, setup.Batch, 10, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload UNet(Setup setup)
    {
        var net = new UNet(1);
        return Workload.Classify(setup.Name, Benchmarks.UNet.Summary, setup.Batch, 2, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict, labels: 64 * 64);
    }

    private static Workload Lstm128(Setup setup)
    {
        var net = new Lstm128(1);
        return Workload.Read(setup.Name, Benchmarks.Lstm128.Summary, setup.Batch, 65, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Lstm256(Setup setup)
    {
        var net = new Lstm256(1);
        return Workload.Read(setup.Name, Benchmarks.Lstm256.Summary, setup.Batch, 65, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Gru128(Setup setup)
    {
        var net = new Gru128(1);
        return Workload.Read(setup.Name, Benchmarks.Gru128.Summary, setup.Batch, 65, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Gru256(Setup setup)
    {
        var net = new Gru256(1);
        return Workload.Read(setup.Name, Benchmarks.Gru256.Summary, setup.Batch, 65, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Workload Forecast(Setup setup)
    {
        var net = new Forecast(1);
        return Workload.Regress(setup.Name, Benchmarks.Forecast.Summary, setup.Batch, net.CreateTrainer(Adam, setup.Batch, setup.Threads).Step, net.CreatePredictor(setup.Threads).Predict);
    }

    private static Adam Adam => new(1e-3f);

    private sealed record Entry(string Name, int Batch, Func<Setup, Workload> Create);

    private readonly record struct Setup(string Name, int Batch, int Threads);
}
