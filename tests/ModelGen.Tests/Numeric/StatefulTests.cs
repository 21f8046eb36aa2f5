using ModelGen.Reference.Oracles;
using ModelGen.Tests.Data;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Stateful layers: rows that go on from batch to batch, until they are reset, cut off, saved or evaluated.</summary>
[Trait("Category", "Numeric")]
public sealed class StatefulTests : IDisposable
{
    private const int Rows = 19;

    private const string Lm = "Tokens(5, Vocabulary = 7), Embedding(3), LSTM(6, Stateful = true), GRU(4, Stateful = true), Dense(7), SoftmaxCrossEntropy";

    private static readonly ModelGroup s_models = new(
        Lm,
        "Sequence(4, 3), SimpleRNN(17, Stateful = true), Dense(2), MeanSquaredError",
        "Sequence(4, 3), LSTM(5, Stateful = true, Projection = 2, Peepholes = true), BatchNorm, Dense(2), MeanSquaredError",
        "Sequence(4, 3), GRU(5, Stateful = true, ResetAfter = false), LSTM(3, Bidirectional = true), Last, Dense(3), SoftmaxCrossEntropy",
        "Sequence(4, 3, Lengths = true), LSTM(5, Stateful = true), Dense(2), MeanSquaredError",
        "Sequence(4, 3), LSTM(5, Stateful = true), MeanSquaredError");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models => s_models.Theory;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [MemberData(nameof(Models))]
    public void GoOnRowByRow(string layers)
    {
        var model = s_models[layers];
        var oracle = Oracle.For(model.ModelType);
        var parameters = HashedNumbers.Parameters(oracle);
        var report = new NumericReport(layers);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), Rows + 5, threads: 2);
        for (var sequence = 0; sequence < 2; sequence++)
        {
            IReadOnlyDictionary<string, double[][]>? states = null;
            for (var step = 0; step < 3; step++)
            {
                new ModelData(model).Reset(model);
                var batch = Batch(oracle, step, states);
                var expected = oracle.Gradients(batch, parameters);
                states = expected.States;
                report.Compare($"step {step}: loss", [Gradients(model, batch)], [expected.Loss], Tolerance.Products);
                foreach (var (name, gradient) in expected.Gradients)
                {
                    report.Compare($"step {step}: gradient of {name}", trainer.Gradients[name].Values, gradient, Tolerance.Gradients);
                }
            }

            trainer.ResetState();
        }

        Assert.True(report.IsEmpty, report.ToString());
    }

    [Fact]
    public void EvaluationHasStatesOfItsOwn()
    {
        var model = s_models[Lm];
        var oracle = Oracle.For(model.ModelType);
        new ModelData(model).Reset(model);
        model.CreateTrainer(new GradientDescent(0.1f), Rows, threads: 1);
        var first = Gradients(model, Batch(oracle, 0));
        var second = Gradients(model, Batch(oracle, 1));
        Assert.NotEqual(second, Evaluate(1));

        // All rows of one batch, then those of the next, which go on: the mean of both losses.
        model.CreateTrainer(new GradientDescent(0.1f), Rows, threads: 1);
        Assert.Equal(first, Gradients(model, Batch(oracle, 0)));
        Assert.Equal((first + second) / 2, Evaluate(0, 1), 5);
        Assert.Equal(first, Evaluate(0), 5);
        Assert.Equal(second, Gradients(model, Batch(oracle, 1)));

        double Evaluate(params int[] steps)
        {
            var batches = steps.Select(step => Batch(oracle, step)).ToList();
            return model.Evaluate([new(batches.SelectMany(batch => batch.Inputs[0]))], [new(batches.SelectMany(batch => batch.Labels[0]))]).Loss;
        }
    }

    [Fact]
    public void PredictionsBeginFromZero()
    {
        var model = s_models[Lm];
        var inputs = Data(Batch(Oracle.For(model.ModelType), 0)).Inputs;
        model.CreatePredictor();
        float[][] first = [new float[Rows * 35]];
        float[][] second = [new float[Rows * 35]];
        model.Predict(inputs, first);
        model.Predict(inputs, second);
        Assert.Equal(first[0], second[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(20)]
    public void ABatchOfAnotherSizeIsRefused(int rows)
    {
        var model = s_models[Lm];
        var (inputs, labels) = new ModelData(model).Take(20, 0, Rows);
        var other = new ModelData(model).Take(20, 0, rows);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), batch: 20, threads: 1);
        model.Step(inputs, labels);
        var expected = $"a batch of {rows} samples after batches of 19; with stateful layers row b of a batch goes on where row b of the batch before ended.";
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => model.Step(other.Inputs, other.Labels)).Message, StringComparison.Ordinal);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => model.Accumulate(other.Inputs, other.Labels)).Message, StringComparison.Ordinal);
        model.Step(inputs, labels);
        trainer.ResetState();
        model.Step(other.Inputs, other.Labels);
    }

    [Fact]
    public void AccumulationTakesWholeBatches()
    {
        var model = s_models[Lm];
        var data = new ModelData(model);
        data.Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), batch: 8, threads: 1);
        var (inputs, labels) = data.Take(16, 0, 16);
        var (first, second) = (data.Take(16, 0, 8), data.Take(16, 8, 8));
        var expected = (model.ComputeGradients(first.Inputs, first.Labels) + model.ComputeGradients(second.Inputs, second.Labels)) / 2;
        trainer.ResetState();
        Assert.Equal(expected, model.Accumulate(inputs, labels), 5);

        trainer.ResetState();
        var odd = data.Take(16, 0, 13);
        var error = Assert.Throws<ArgumentException>(() => model.Accumulate(odd.Inputs, odd.Labels));
        Assert.StartsWith("13 samples, which are no whole number of batches of 8;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreadsChangeNoBit()
    {
        const string Large = "Tokens(20, Vocabulary = 9), Embedding(24), LSTM(48, Stateful = true), Dense(9), SoftmaxCrossEntropy";
        var model = new ModelGroup(Large)[Large];
        var data = new ModelData(model);
        var (inputs, labels) = data.Take(70, 0, 70);
        Assert.Equal(Train(1), Train(3));

        float[] Train(int threads)
        {
            data.Reset(model);
            model.CreateTrainer(new Adam(0.01f), batch: 70, threads);
            return [.. Enumerable.Range(0, 4).Select(_ => model.Step(inputs, labels)), .. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Fact]
    public void CheckpointsKeepTheStates()
    {
        var model = s_models[Lm];
        var oracle = Oracle.For(model.ModelType);
        var path = _folder["stateful.checkpoint"];
        var trainer = model.CreateTrainer(new Adam(0.01f), Rows, threads: 1);
        Step(0);
        Step(1);
        Checkpoint.Save(path, trainer);
        float[] expected = [Step(2), Step(3), .. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

        trainer = model.CreateTrainer(new Adam(0.01f), Rows + 30, threads: 2);
        Checkpoint.Load(path, trainer);
        float[] found = [Step(2), Step(3), .. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        Assert.Equal(expected, found);

        // What has not begun has no states to save; and fewer rows than the checkpoint has are too few.
        trainer.ResetState();
        Checkpoint.Save(_folder["fresh.checkpoint"], trainer);
        Checkpoint.Load(_folder["fresh.checkpoint"], model.CreateTrainer(new Adam(0.01f), 3, threads: 1));
        var error = Assert.Throws<ModelFormatException>(() => Checkpoint.Load(path, model.CreateTrainer(new Adam(0.01f), 3, threads: 1)));
        Assert.Contains("a whole number from 0 to 3", error.Message, StringComparison.Ordinal);

        float Step(int step)
        {
            var (inputs, labels) = Data(Batch(oracle, step));
            return model.Step(inputs, labels);
        }
    }

    [Fact]
    public void DivergenceKeepsTheStates()
    {
        const string Layers = "Sequence(4, 3), SimpleRNN(17, Stateful = true), Dense(2), MeanSquaredError";
        var model = s_models[Layers];
        var data = new ModelData(model);
        data.Reset(model);
        var (inputs, labels) = data.Take(Rows, 0, Rows);
        model.CreateTrainer(new GradientDescent(0.1f), Rows, threads: 1);
        model.ComputeGradients(inputs, labels);
        var expected = model.ComputeGradients(inputs, labels);

        model.CreateTrainer(new GradientDescent(0.1f), Rows, threads: 1);
        model.ComputeGradients(inputs, labels);
        NumericData[] broken = [new([.. Enumerable.Repeat(new double[12], Rows - 1), [.. Enumerable.Repeat(double.NaN, 12)]])];
        Assert.Throws<TrainingDivergedException>(() => model.ComputeGradients(broken, labels));
        Assert.Equal(expected, model.ComputeGradients(inputs, labels));
    }

    [Fact]
    public void FitGoesThroughTheRowsInOrder()
    {
        var model = s_models[Lm];
        var data = new ModelData(model);
        var (inputs, labels) = data.Take(32, 0, 32);
        var set = new Dataset([inputs[0].IntColumn(5)], [labels[0].IntColumn(5)]);
        data.Reset(model);
        var trainer = model.CreateTrainer(new Adam(0.01f), batch: 8, threads: 1);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            trainer.ResetState();
            for (var batch = 0; batch < 4; batch++)
            {
                trainer.Step(set, [.. Enumerable.Range(8 * batch, 8)]);
            }
        }

        var expected = model.Parameters.Words.ToArray();
        var options = new FitOptions { Epochs = 2, BatchSize = 8, Optimizer = new Adam(0.01f), Seed = 5, RestoreBest = false };
        data.Reset(model);
        model.Fit(set, set, options);
        Assert.Equal(expected, model.Parameters.Words);

        // One epoch, and on from its checkpoint.
        var path = _folder["fit.checkpoint"];
        data.Reset(model);
        model.Fit(set, set, options with { Epochs = 1, CheckpointPath = path });
        model.Fit(set, set, options with { ResumeFrom = path });
        Assert.Equal(expected, model.Parameters.Words);

        var error = Assert.Throws<ArgumentException>(() => model.Fit(set, null, options with { BatchSize = 12 }));
        Assert.StartsWith("32 training samples are no whole number of batches of 12; with stateful layers", error.Message, StringComparison.Ordinal);
        model.Fit(set, null, options with { BatchSize = 12, DropLast = true });
    }

    private static OracleBatch Batch(Oracle oracle, int step, IReadOnlyDictionary<string, double[][]>? states = null)
    {
        var lengths = HashedNumbers.Lengths(oracle, Rows);
        return new OracleBatch(HashedNumbers.Inputs(oracle, Rows, step), HashedNumbers.Labels(oracle, Rows, lengths: lengths), lengths, states);
    }

    private static (NumericData[] Inputs, NumericData[] Labels) Data(OracleBatch batch) =>
        ([.. batch.Arguments.Select(rows => new NumericData(rows))], [.. batch.Labels.Select(rows => new NumericData(rows))]);

    private static float Gradients(CompiledModel model, OracleBatch batch)
    {
        var (inputs, labels) = Data(batch);
        return model.ComputeGradients(inputs, labels);
    }
}
