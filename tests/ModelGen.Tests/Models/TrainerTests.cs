using Xunit;

namespace ModelGen.Tests.Models;

public sealed class TrainerTests
{
    [Fact]
    public void LearnsALine()
    {
        var model = new LinearRegression(seed: 1);
        var trainer = model.CreateTrainer(new Sgd(0.1f), batch: 64);
        var (input, targets) = Samples(50);
        for (var step = 0; step < 500; step++)
        {
            trainer.Step(input, targets);
        }

        Assert.Equal(500, trainer.StepCount);
        Assert.Equal([1f, -2f, 3f], model.Parameters["dense_1.weight"].Values.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-4f);
        Assert.Equal(0.5f, model.Parameters["dense_1.bias"].Values[0], 1e-4f);
        Assert.True(trainer.Evaluate(input, targets).RootMeanSquareError < 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    public void GradientsAreMeansOverTheSamples(int samples)
    {
        var model = new LinearRegression(seed: 2);
        var trainer = model.CreateTrainer(new Sgd(0.1f), batch: 64);
        var (input, targets) = Samples(samples);
        var loss = trainer.ComputeGradients(input, targets);

        var weights = model.Parameters["dense_1.weight"].Values;
        var (expectedLoss, expectedBias) = (0.0, 0.0);
        for (var i = 0; i < samples; i++)
        {
            var error = (double)model.Parameters["dense_1.bias"].Values[0] - targets[i];
            for (var feature = 0; feature < 3; feature++)
            {
                error += (double)weights[feature] * input[(3 * i) + feature];
            }

            expectedLoss += error * error / samples;
            expectedBias += 2 * error / samples;
        }

        Assert.Equal(expectedLoss, loss, 1e-5);
        Assert.Equal(expectedBias, trainer.Gradients["dense_1.bias"].Values[0], 1e-5);
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameBits()
    {
        var (input, targets) = Samples(200);
        var expected = Train(threads: 1);
        foreach (var threads in (int[])[2, 3, 5])
        {
            Assert.Equal(expected, Train(threads));
        }

        float[] Train(int threads)
        {
            var model = new LinearRegression(seed: 3);
            var trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 }, batch: 200, threads);
            for (var step = 0; step < 200; step++)
            {
                trainer.Step(input.AsSpan(0, 3 * (200 - (step % 90))), targets.AsSpan(0, 200 - (step % 90)));
            }

            return [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void NothingIsAllocatedAfterTheFirstStep(int threads)
    {
        var model = new LinearRegression(seed: 1);
        var trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 }, batch: 100, threads);
        var predictor = model.CreatePredictor();
        var (input, targets) = Samples(100);
        var data = Dataset.ForRegression(input, 3, targets);
        var rows = Enumerable.Range(0, 100).Reverse().ToArray();
        var output = new float[100];
        for (var round = 0; round < 3; round++)
        {
            Everything();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Everything();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Everything()
        {
            trainer.Step(input, targets);
            trainer.Step(data, rows);
            trainer.ComputeGradients(input, targets);
            trainer.Accumulate(input, targets);
            trainer.Accumulate(data, rows);
            trainer.Update();
            predictor.Predict(input, output);
        }
    }

    [Fact]
    public void RowsOfADatasetAreTheSameAsTheirSpans()
    {
        var (input, targets) = Samples(60);
        int[] rows = [.. Enumerable.Range(0, 37).Select(i => (11 * i) % 60)];
        var fromSpans = new LinearRegression(seed: 4).CreateTrainer(new Sgd(0.1f), batch: 40);
        var fromRows = new LinearRegression(seed: 4).CreateTrainer(new Sgd(0.1f), batch: 40);

        var expected = fromSpans.Step([.. rows.SelectMany(row => input.AsSpan(3 * row, 3).ToArray())], [.. rows.Select(row => targets[row])]);
        Assert.Equal(expected, fromRows.Step(Dataset.ForRegression(input, 3, targets), rows));
        Assert.Equal(fromSpans.Parameters[0].Values.ToArray(), fromRows.Parameters[0].Values.ToArray());
    }

    [Fact]
    public void AccumulatedGradientsAreThoseOfAllSamples()
    {
        var (input, targets) = Samples(100);
        var whole = new LinearRegression(seed: 5).CreateTrainer(new Sgd(0.1f), batch: 100);
        var parts = new LinearRegression(seed: 5).CreateTrainer(new Sgd(0.1f), batch: 30);
        var loss = whole.Step(input, targets);

        Assert.Equal(loss, parts.Accumulate(input, targets), 1e-6f);
        parts.Update();
        Assert.Equal(1, parts.StepCount);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(whole.Gradients[i].Values.ToArray(), parts.Gradients[i].Values.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
            Assert.Equal(whole.Parameters[i].Values.ToArray(), parts.Parameters[i].Values.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        }
    }

    [Fact]
    public void OneAccumulationAndAnUpdateIsAStep()
    {
        var (input, targets) = Samples(20);
        var step = new LinearRegression(seed: 5).CreateTrainer(new Sgd(0.1f), batch: 20);
        var parts = new LinearRegression(seed: 5).CreateTrainer(new Sgd(0.1f), batch: 20);

        step.Step(input, targets);
        parts.Accumulate(input, targets);
        parts.Update();

        Assert.Equal(step.Parameters[0].Values.ToArray(), parts.Parameters[0].Values.ToArray());
    }

    [Fact]
    public void AnUpdateNeedsGradients()
    {
        var trainer = new LinearRegression().CreateTrainer(new Sgd(0.1f), batch: 4);
        Assert.Contains("expected ComputeGradients or Accumulate", Assert.Throws<InvalidOperationException>(trainer.Update).Message);
        trainer.ComputeGradients(new float[3], new float[1]);
        trainer.Update();
        Assert.Throws<InvalidOperationException>(trainer.Update);
    }

    [Fact]
    public void FrozenParametersStayAndScalesScale()
    {
        var (input, targets) = Samples(20);
        var plain = new LinearRegression(seed: 6);
        var scaled = new LinearRegression(seed: 6);
        var before = plain.Parameters.Clone();
        scaled.Parameters["dense_1.weight"].IsFrozen = true;
        scaled.Parameters["dense_1.bias"].LearningRateScale = 0.25f;
        var trainer = scaled.CreateTrainer(new Sgd(0.1f), batch: 20);
        plain.CreateTrainer(new Sgd(0.1f), batch: 20).Step(input, targets);
        trainer.Step(input, targets);

        Assert.Equal(before["dense_1.weight"].Values.ToArray(), scaled.Parameters["dense_1.weight"].Values.ToArray());
        var moved = plain.Parameters["dense_1.bias"].Values[0] - before["dense_1.bias"].Values[0];
        Assert.Equal(0.25f * moved, scaled.Parameters["dense_1.bias"].Values[0] - before["dense_1.bias"].Values[0], 1e-6f);

        scaled.Parameters["dense_1.weight"].IsFrozen = false;
        trainer.Step(input, targets);
        Assert.NotEqual(before["dense_1.weight"].Values.ToArray(), scaled.Parameters["dense_1.weight"].Values.ToArray());
        Assert.Equal([1L, 2L, 0L], trainer.ParameterUpdate.UpdateCounts.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ADivergedStepChangesNothing(float bad)
    {
        var model = new LinearRegression(seed: 7);
        var trainer = model.CreateTrainer(new Adam(0.1f), batch: 20);
        var (input, targets) = Samples(20);
        trainer.Step(input, targets);
        var before = model.Parameters.Clone();
        input[5] = bad;

        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step(input, targets));

        Assert.Equal("the loss of mean_squared_error_1", exception.Quantity);
        Assert.Equal(2, exception.Step);
        Assert.Equal(1, trainer.StepCount);
        Assert.Equal(before.SelectMany(p => p.Values.ToArray()), model.Parameters.SelectMany(p => p.Values.ToArray()));
        input[5] = 0;
        trainer.Step(input, targets);
    }

    [Fact]
    public void AnInfiniteGradientIsNamed()
    {
        var model = new LinearRegression();
        model.Parameters["dense_1.weight"].Values.Clear();
        model.Parameters["dense_1.bias"].Values.Clear();
        var trainer = model.CreateTrainer(new Sgd(0.1f), batch: 1);

        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step([0, 3e38f, 0], [-10]));

        Assert.Equal("the gradient of dense_1.weight", exception.Quantity);
        Assert.Equal(float.PositiveInfinity, exception.Value);
    }

    [Fact]
    public void TwoThreadsAtATimeAreRefused()
    {
        var trainer = new LinearRegression().CreateTrainer(new Sgd(0.1f), batch: 4);
        Exception? found = null;
        trainer.DuringStep = () =>
        {
            var other = new Thread(() => found = Record.Exception(() => trainer.ComputeGradients(new float[3], new float[1])));
            other.Start();
            other.Join();
        };
        trainer.Step(new float[3], new float[1]);
        Assert.Contains("one belongs to one thread at a time", Assert.IsType<InvalidOperationException>(found).Message);

        // What is refused, and what fails, leaves the trainer free.
        trainer.DuringStep = null;
        Assert.Throws<ArgumentException>(() => trainer.Step(new float[3], new float[2]));
        trainer.Step(new float[3], new float[1]);
    }

    [Fact]
    public void ASummaryTellsTheMemory()
    {
        Assert.Equal(2_000_000, LinearRegression.Summary.TrainingMultiplyAdds);
        Assert.Equal(48 * 4, LinearRegression.Summary.ParameterBytes);
        Assert.Equal(1, LinearRegression.Summary.SharedMemoryRatio);
        Assert.Contains("dense_1  Dense(1)     (1)              4      1,000,000", LinearRegression.Summary.ToString());
    }

    private static (float[] Input, float[] Targets) Samples(int count)
    {
        var random = new SeededRandom(count);
        var (input, targets) = (new float[3 * count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            for (var feature = 0; feature < 3; feature++)
            {
                input[(3 * i) + feature] = (2 * random.NextSingle()) - 1;
            }

            targets[i] = input[3 * i] - (2 * input[(3 * i) + 1]) + (3 * input[(3 * i) + 2]) + 0.5f;
        }

        return (input, targets);
    }
}
