using System.Numerics.Tensors;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class ArgumentTests
{
    private readonly LinearRegression _model = new();
    private readonly LinearRegression.LinearTrainer _trainer;

    public ArgumentTests() => _trainer = _model.CreateTrainer(new Sgd(0.1f), batch: 4);

    [Theory]
    [InlineData(0, 0, "input: 0 numbers; expected a multiple of 3, the shape (3) of each sample.")]
    [InlineData(4, 1, "input: 4 numbers; expected a multiple of 3, the shape (3) of each sample.")]
    [InlineData(6, 1, "targets: 1 numbers; expected 2, the shape (1) of each of the 2 samples.")]
    [InlineData(6, 3, "targets: 3 numbers; expected 2, the shape (1) of each of the 2 samples.")]
    [InlineData(15, 5, "input: 5 samples; a step of this trainer takes at most 4, as its 'batch' says.")]
    public void AStepOfWrongLengthIsRefused(int inputs, int targets, string expected)
    {
        var exception = Assert.Throws<ArgumentException>(() => _trainer.Step(new float[inputs], new float[targets]));
        Assert.StartsWith(expected, exception.Message);
        Assert.Equal(expected[..expected.IndexOf(':')], exception.ParamName);
    }

    [Fact]
    public void MoreThanABatchIsEvaluatedAndPredictedInParts()
    {
        Assert.Equal(9, _trainer.Evaluate(new float[27], new float[9]).SampleCount);
        var output = new float[300];
        _model.CreatePredictor().Predict(new float[900], output);
        Assert.All(output, value => Assert.Equal(_model.Parameters["dense_1.bias"].Values[0], value));
    }

    [Fact]
    public void AnOutputOfWrongLengthIsRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => _model.CreatePredictor().Predict(new float[6], new float[3]));
        Assert.StartsWith("output: 3 numbers; expected 2, the shape (1) of each of the 2 samples.", exception.Message);
    }

    [Fact]
    public void TensorsAreTakenByTheirShape()
    {
        var predictor = _model.CreatePredictor();
        float[] input = [1, 2, 3, 4, 5, 6];
        float[] expected = new float[2], found = new float[2];
        predictor.Predict(input, expected);
        predictor.Predict(new ReadOnlyTensorSpan<float>(input, [2, 3]), new TensorSpan<float>(found, [2, 1]));
        Assert.Equal(expected, found);
        predictor.Predict(new ReadOnlyTensorSpan<float>(input, [1, 3]), new TensorSpan<float>(found, [1]));

        var wrong = Assert.Throws<ArgumentException>(
            () => predictor.Predict(new ReadOnlyTensorSpan<float>(input, [3, 2]), new TensorSpan<float>(found, [2, 1])));
        Assert.StartsWith("input: a tensor of shape (3, 2); expected (samples, 3).", wrong.Message);
        var strided = Assert.Throws<ArgumentException>(
            () => predictor.Predict(new ReadOnlyTensorSpan<float>(new float[12], [2, 3], [6, 2]), new TensorSpan<float>(found, [2, 1])));
        Assert.StartsWith("input: a tensor with gaps", strided.Message);
    }

    [Theory]
    [InlineData(new int[0], "rows: no samples")]
    [InlineData(new[] { 0, 6 }, "rows: row 6 at position 1; expected 0 … 5")]
    [InlineData(new[] { -1 }, "rows: row -1 at position 0; expected 0 … 5")]
    [InlineData(new[] { 0, 1, 2, 3, 4 }, "rows: 5 samples; a step of this trainer takes at most 4")]
    public void WrongRowsAreRefused(int[] rows, string expected)
    {
        var data = Dataset.ForRegression(new float[18], 3, new float[6]);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => _trainer.Step(data, rows)).Message);
    }

    [Fact]
    public void ADatasetThatDoesNotFitIsRefused()
    {
        Assert.StartsWith(
            "data: column 'input' has 2 values a sample; expected 3, the shape (3).",
            Assert.Throws<ArgumentException>(() => _trainer.Evaluate(Dataset.ForRegression(new float[4], 2, new float[2]))).Message);
        Assert.StartsWith(
            "data: column 'targets' holds int values; expected float.",
            Assert.Throws<ArgumentException>(() => _trainer.Evaluate(Dataset.ForClassification(new float[6], 3, new int[2]))).Message);
        Assert.StartsWith(
            "data: 0 label columns; expected 1",
            Assert.Throws<ArgumentException>(() => _trainer.Evaluate(new Dataset([DatasetColumn.FromFloats(new float[6], 3)], []))).Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-3, 1)]
    public void ABatchAndThreadsAreAtLeastOne(int batch, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.CreateTrainer(new Sgd(0.1f), batch, threads));

    [Fact]
    public void AMistypedParameterNamesTheNearest()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => _model.Parameters["dense1.weigth"]);
        Assert.Equal("LinearRegression has no parameter 'dense1.weigth'; did you mean 'dense_1.weight'?", exception.Message);
        Assert.Throws<KeyNotFoundException>(() => _trainer.Gradients["running_mean"]);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AScaleIsFiniteAndNotNegative(float scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.Parameters[0].LearningRateScale = scale);
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.Parameters[0].WeightDecayScale = scale);
    }
}
