using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Samples with lengths of their own: what is computed, what padding may hold, and what is refused.</summary>
[Trait("Category", "Numeric")]
public sealed class LengthsTests
{
    private const int Batch = 21;

    private const string Tagger =
        "Tokens(6, Vocabulary = 9, Lengths = true), Embedding(4), GRU(5, Bidirectional = true), Dense(3), SoftmaxCrossEntropy(ClassWeights = [1, 2, 0.5f])";

    private const string Regression =
        "Sequence(5, 2, Lengths = true), LSTM(3, Bidirectional = true), Dense(4), MultiHeadAttention(2), Dense(2), MeanSquaredError";

    private static readonly string[] s_kinds = ["SimpleRNN", "LSTM", "GRU"];

    private static readonly ModelGroup s_models = new([.. Recurrent(), .. Memories(), .. Losses(), Tagger, Regression]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [InlineData(Tagger, 6, -7)]
    [InlineData(Tagger, 6, 12345)]
    [InlineData(Regression, 5, double.NaN)]
    [InlineData(Regression, 5, 1e30)]
    public void WhatStandsInThePaddingDoesNotMatter(string layers, int steps, double padding)
    {
        var model = s_models[layers];
        var data = new ModelData(model);
        var (inputs, labels) = data.Take(Batch, 0, Batch);
        data.Reset(model);
        var expected = Results(inputs, labels);
        Assert.DoesNotContain(expected, result => !float.IsFinite(BitConverter.Int32BitsToSingle(result)));

        ReadOnlySpan<int> lengths = inputs[1];
        Assert.Equal(expected, Results([inputs[0].Padded(lengths, steps, padding), inputs[1]], [labels[0].Padded(lengths, steps, padding)]));

        int[] Results(NumericData[] inputs, NumericData[] labels)
        {
            model.CreatePredictor();
            var trainer = model.CreateTrainer(new GradientDescent(0.1f), Batch, threads: 1);
            float[][] outputs = [new float[Batch * data.OutputElements[0]]];
            model.Predict(inputs, outputs);
            var evaluation = model.Evaluate(inputs, labels);
            float[] results =
            [
                model.ComputeGradients(inputs, labels),
                (float)evaluation.Loss,
                evaluation.Losses[0].Count,
                .. outputs[0],
                .. trainer.Gradients.SelectMany(gradient => gradient.Values.ToArray()),
            ];
            return [.. results.Select(BitConverter.SingleToInt32Bits)];
        }
    }

    [Theory]
    [InlineData(Tagger, 6)]
    [InlineData(Regression, 5)]
    public void MetricsCountTheStepsThatCount(string layers, int length)
    {
        var model = s_models[layers];
        var (inputs, labels) = new ModelData(model).Take(Batch, 0, Batch);
        model.CreateTrainer(new GradientDescent(0.1f), batch: 4, threads: 1);
        ReadOnlySpan<int> lengths = inputs[1];
        ReadOnlySpan<int> places = labels[0];
        var steps = 0;
        foreach (var own in lengths)
        {
            steps += own;
        }

        Assert.Equal((long)steps * places.Length / (Batch * length), model.Evaluate(inputs, labels).Losses[0].Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void ALengthThatIsNoneOfTheInputsIsRefused(int length)
    {
        var model = s_models[Tagger];
        var (inputs, labels) = new ModelData(model).Take(Batch, 0, Batch);
        ReadOnlySpan<int> given = inputs[1];
        inputs[1] = new NumericData(given.ToArray().Select((own, sample) => new double[] { sample == 18 ? length : own }));
        model.CreatePredictor();
        model.CreateTrainer(new GradientDescent(0.1f), Batch, threads: 1);
        var message = $"tokensLengths: length {length} of row 18; expected 1 … 6, the steps of 'tokens'.";
        foreach (var call in new Action[]
        {
            () => model.Step(inputs, labels),
            () => model.ComputeGradients(inputs, labels),
            () => model.Accumulate(inputs, labels),
            () => model.Evaluate(inputs, labels),
            () => model.Predict(inputs, [new float[Batch * 18]]),
        })
        {
            var error = Assert.Throws<ArgumentException>(call);
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            Assert.Equal("tokensLengths", error.ParamName);
        }
    }

    [Fact]
    public void AsManyLengthsAsSamplesAreNeeded()
    {
        var model = s_models[Tagger];
        var (inputs, labels) = new ModelData(model).Take(Batch, 0, Batch);
        inputs[1] = new ModelData(model).Take(Batch, 0, Batch - 1).Inputs[1];
        model.CreateTrainer(new GradientDescent(0.1f), Batch, threads: 1);
        var error = Assert.Throws<ArgumentException>(() => model.Step(inputs, labels));
        Assert.StartsWith("tokensLengths: 20 lengths; expected 21, one for each of the 21 samples.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataSetsHaveAColumnOfLengths()
    {
        var model = s_models[Tagger];
        var data = new ModelData(model);
        var (inputs, labels) = data.Take(Batch, 0, Batch);
        data.Reset(model);
        model.CreateTrainer(new GradientDescent(0.1f), Batch, threads: 1);
        var expected = model.Step(inputs, labels);
        var after = model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
        var evaluated = model.Evaluate(inputs, labels).Loss;

        data.Reset(model);
        var set = new Dataset([inputs[0].IntColumn(6), inputs[1].IntColumn(1)], [labels[0].IntColumn(6)]);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), Batch, threads: 2);
        Assert.Equal(expected, trainer.Step(set, [.. Enumerable.Range(0, Batch)]));
        Assert.Equal(after, model.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Equal(evaluated, trainer.Evaluate(set).Loss);

        var report = model.Fit(set, set, new FitOptions { Epochs = 2, BatchSize = 8 });
        Assert.Equal(2, report.Epochs.Count);
        Assert.True(report.Epochs[1].ValidationLoss < evaluated);

        var wrong = new Dataset([inputs[0].IntColumn(6), new NumericData([.. Enumerable.Repeat(new double[] { 9 }, Batch)]).IntColumn(1)], [labels[0].IntColumn(6)]);
        var error = Assert.Throws<ArgumentException>(() => trainer.Step(wrong, [4]));
        Assert.StartsWith("tokensLengths: length 9 of row 4; expected 1 … 6", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Recurrent()
    {
        foreach (var kind in s_kinds)
        {
            foreach (var length in new[] { 1, 2, 7, 17 })
            {
                yield return $"Sequence({length}, 3, Lengths = true), {kind}(4, Bidirectional = true), Dense(2), MeanSquaredError";
            }

            yield return $"Sequence(6, 3, Lengths = true), {kind}(17), MeanSquaredError";
            yield return $"Sequence(6, 3, Lengths = true), {kind}(5, Bidirectional = true), LayerNorm, {kind}(4, Bidirectional = true), Last, Dense(2), MeanSquaredError";
            yield return $"Sequence(6, 3, Lengths = true), Dense(4), {kind}(4), MeanOverTime, Dense(2), SoftmaxCrossEntropy";
            yield return $"Tokens(6, Vocabulary = 9, Lengths = true), Embedding(5), {kind}(6), Dense(9), SoftmaxCrossEntropy";
            yield return $"Tokens(4, Vocabulary = 300, Lengths = true), Embedding(5), Dropout(0.3), {kind}(6), Last, Dense(3), SoftmaxCrossEntropy";
            yield return $"Sequence(4, 2, Lengths = true), {kind}(3, Bidirectional = true), Label(\"m\"), Sequence(3, 2, Lengths = true, Name = \"target\"), {kind}(3, Bidirectional = true, InitialState = \"m\"), Dense(2), MeanSquaredError";
        }

        yield return "Sequence(5, 3, Lengths = true), LSTM(6, Projection = 3, Peepholes = true, Bidirectional = true), Last, MeanSquaredError";
        yield return "Sequence(5, 3, Lengths = true), GRU(6, ResetAfter = false), Last, MeanSquaredError";
    }

    private static IEnumerable<string> Memories()
    {
        foreach (var score in new[] { "General", "Dot", "Additive" })
        {
            yield return $"Sequence(4, 2, Lengths = true), GRU(3), Label(\"m\"), Sequence(3, 3, Lengths = true, Name = \"target\"), GRU(3), Attention(\"m\", Score = AttentionScore.{score}), Dense(2), SoftmaxCrossEntropy";
        }

        yield return "Sequence(4, 2, Lengths = true), GRU(3), Label(\"m\"), Last, Attention(\"m\"), Dense(2), MeanSquaredError";
        yield return "Sequence(4, 4, Lengths = true), Dense(4), Label(\"m\"), Sequence(3, 4, Name = \"target\"), MultiHeadAttention(2, Memory = \"m\"), MeanSquaredError";
        yield return "Sequence(4, 4, Lengths = true), PositionalEncoding, MultiHeadAttention(2, Causal = true), LayerNorm, MeanOverTime, Dense(3), SoftmaxCrossEntropy";
        yield return "Sequence(4, 3, Lengths = true), Label(\"m\"), Dense(3), Add(\"m\"), ReLU, Concat(\"m\"), Last, MeanSquaredError";
    }

    private static IEnumerable<string> Losses()
    {
        foreach (var loss in new[]
        {
            "MeanAbsoluteError", "Huber", "BinaryCrossEntropy", "PerceptronLoss", "Dice", "Focal(ClassWeights = [1, 3])", "SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        })
        {
            yield return $"Sequence(5, 3, Lengths = true), Dense(2), {loss}";
        }

        yield return "Sequence(5, 2, Lengths = true), Dense(2), MeanSquaredError(Weight = 0.5), SoftmaxCrossEntropy";
    }
}
