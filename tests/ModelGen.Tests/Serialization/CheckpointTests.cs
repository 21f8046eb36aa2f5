using ModelGen.Tests.Data;
using ModelGen.Tests.Training;
using Xunit;

namespace ModelGen.Tests.Serialization;

public sealed class CheckpointTests : IDisposable
{
    private static readonly Dataset s_data = NoisyClassifier.CreateData(50, seed: 1);
    private static readonly int[] s_rows = [.. Enumerable.Range(0, 50)];

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["training.checkpoint"];

    public static TheoryData<Optimizer> Optimizers =>
    [
        new GradientDescent(0.1f),
        new Sgd(0.1f),
        new Sgd(0.1f) { Momentum = 0.9f, Dampening = 0.2f },
        new RmsProp { Momentum = 0.5f, Centered = true },
        new Adam { Schedule = new ExponentialSchedule(0.9f) },
        new AdamW { AmsGrad = true },
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AResumedTrainingHasTheSameBits(Optimizer optimizer)
    {
        var (model, trainer) = Train(optimizer, steps: 7);
        trainer.Seed = -5;
        Checkpoint.Save(FilePath, trainer);
        var other = new NoisyClassifier(seed: 99);
        var resumed = other.CreateTrainer(optimizer, batch: 50);
        Checkpoint.Load(FilePath, resumed);

        Assert.Equal(7, resumed.StepCount);
        Assert.Equal(-5, resumed.Seed);
        for (var step = 0; step < 7; step++)
        {
            Assert.Equal(trainer.Step(s_data, s_rows), resumed.Step(s_data, s_rows));
        }

        Assert.Equal(model.Parameters.Words, other.Parameters.Words);
        Assert.Equal(trainer.ParameterUpdate.Moments, resumed.ParameterUpdate.Moments);
    }

    [Fact]
    public void AParameterThatWasFrozenGoesOnWhereItWas()
    {
        var optimizer = new Adam(0.1f);
        var (model, trainer) = Train(optimizer, steps: 3);
        model.Parameters["dense_1.bias"].IsFrozen = true;
        trainer.Step(s_data, s_rows);
        Checkpoint.Save(FilePath, trainer);
        var other = new NoisyClassifier();
        var resumed = other.CreateTrainer(optimizer, batch: 50);
        Checkpoint.Load(FilePath, resumed);
        model.Parameters["dense_1.bias"].IsFrozen = false;
        trainer.Step(s_data, s_rows);
        resumed.Step(s_data, s_rows);

        Assert.Equal(model.Parameters.Words, other.Parameters.Words);
    }

    [Fact]
    public void ReturnsTheNotesOfTheCaller()
    {
        var (_, trainer) = Train(new Adam(), steps: 1);
        var notes = new Dictionary<string, string> { ["order"] = "Zürich \"1\"\n", ["step"] = "" };
        Checkpoint.Save(FilePath, trainer, notes);
        Assert.Equal(notes, Checkpoint.Load(FilePath, trainer));
    }

    [Fact]
    public void RefusesAnotherOptimizerModelOrFile()
    {
        var (model, trainer) = Train(new Adam(), steps: 1);
        Checkpoint.Save(FilePath, trainer);
        Refused("optimizer", model.CreateTrainer(new AdamW(), 50));
        Refused("moment.greatest_square.dense_1.weight", model.CreateTrainer(new Adam { AmsGrad = true }, 50));
        Refused("parameter.dense_1.weight.shape", new Models.LinearRegression().CreateTrainer(new Adam(), 50));
        var error = Assert.Throws<ModelFormatException>(() => ModelFile.Load(FilePath, model.Parameters));
        Assert.Contains("Checkpoint.Load reads checkpoints", error.Message, StringComparison.Ordinal);

        ModelFile.Save(FilePath, model.Parameters);
        Refused("checkpoint", trainer);
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Load(_folder["none"], trainer));
    }

    [Fact]
    public void EveryTruncationAndEveryChangedByteIsRefused()
    {
        var (model, trainer) = Train(new Adam(), steps: 2);
        Checkpoint.Save(FilePath, trainer, new Dictionary<string, string> { ["position"] = "17" });
        var bytes = File.ReadAllBytes(FilePath);
        var (victim, resumed) = Train(new Adam(), steps: 5);
        var before = (victim.Parameters.Words.ToArray(), resumed.ParameterUpdate.Moments.ToArray());
        for (var place = 0; place < bytes.Length; place++)
        {
            RefuseBytes(bytes[..place], resumed);
            foreach (var change in new byte[] { 0x01, 0x20, 0x80 })
            {
                var damaged = (byte[])bytes.Clone();
                damaged[place] ^= change;
                RefuseBytes(damaged, resumed);
            }
        }

        RefuseBytes([.. bytes, (byte)' '], resumed);
        Assert.Equal(before.Item1, victim.Parameters.Words);
        Assert.Equal(before.Item2, resumed.ParameterUpdate.Moments);
        Assert.Equal(5, resumed.StepCount);

        File.WriteAllBytes(FilePath, bytes);
        Checkpoint.Load(FilePath, resumed);
        Assert.Equal(model.Parameters.Words, victim.Parameters.Words);
    }

    private static (NoisyClassifier Model, Trainer Trainer) Train(Optimizer optimizer, int steps)
    {
        var model = new NoisyClassifier(seed: 1);
        var trainer = model.CreateTrainer(optimizer, batch: 50);
        for (var step = 0; step < steps; step++)
        {
            trainer.Step(s_data, s_rows);
        }

        return (model, trainer);
    }

    private void Refused(string field, Trainer trainer)
    {
        var before = trainer.Parameters.Words.ToArray();
        var error = Assert.Throws<ModelFormatException>(() => Checkpoint.Load(FilePath, trainer));
        Assert.Equal(field, error.Field);
        Assert.Equal(before, trainer.Parameters.Words);
    }

    private void RefuseBytes(byte[] bytes, Trainer trainer)
    {
        File.WriteAllBytes(FilePath, bytes);
        Assert.Throws<ModelFormatException>(() => Checkpoint.Load(FilePath, trainer));
    }
}
