using ModelGen.Reference.Oracles;
using ModelGen.Tests.Oracles;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Norms of gradients, by layer and by step.</summary>
[Trait("Category", "Numeric")]
public sealed class GradientNormTests
{
    private const int Samples = 19;
    private const int Length = 5;
    private const int Units = 4;

    private const string Stack =
        "Model(GradientNorms = true), Sequence(6, 3, Lengths = true), LSTM(5, Bidirectional = true), MultiHeadAttention(2), GRU(3), Last, Dense(2), SoftmaxCrossEntropy";

    private static readonly ModelGroup s_models = new(
        [.. new[] { "SimpleRNN", "GRU" }.Select(kind => $"Model(GradientNorms = true), Sequence({Length}, 3), {kind}({Units}), MeanSquaredError"), Stack, Stack["Model(GradientNorms = true), ".Length..]]);

    /// <summary>
    /// The gradient of the state after a step is that of the vector which the rest of the sequence would begin from: the oracle of
    /// a shorter model says it.
    /// </summary>
    [Theory]
    [InlineData("SimpleRNN")]
    [InlineData("GRU")]
    public void OfAStateAreThoseOfTheRestOfTheSequence(string kind)
    {
        var layers = $"Model(GradientNorms = true), Sequence({Length}, 3), {kind}({Units}), MeanSquaredError";
        var model = s_models[layers];
        var oracle = Oracle.For(model.ModelType);
        var batch = new OracleBatch(HashedNumbers.Inputs(oracle, Samples), HashedNumbers.Labels(oracle, Samples));
        var parameters = HashedNumbers.Parameters(oracle);
        var states = oracle.Predict(batch, parameters)[0];
        new ModelData(model).Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), Samples, threads: 1);
        model.ComputeGradients([.. batch.Inputs.Select(rows => new NumericData(rows))], [.. batch.Labels.Select(rows => new NumericData(rows))]);

        var found = Assert.Single(trainer.StateGradients);
        var layer = kind == "GRU" ? "gru_1" : "simple_rnn_1";
        Assert.Equal(layer, found.Name);
        var expected = new double[Length];
        for (var step = 0; step < Length; step++)
        {
            // The state itself is judged, and so is all that comes of it.
            var own = states.Select((row, sample) => Part(row, step, step + 1).Zip(Part(batch.Labels[0][sample], step, step + 1), (x, t) => 2 * (x - t) / (Samples * Length * Units)).ToArray());
            var after = step + 1 == Length ? states.Select(_ => new double[Units]) : Rest(step + 1);
            expected[step] = Math.Sqrt(own.Zip(after, (a, b) => a.Zip(b, (p, q) => (p + q) * (p + q)).Sum()).Sum());
        }

        var report = new NumericReport(layers);
        report.Compare("norms", found.Norms, expected, Tolerance.Gradients);
        Assert.True(report.IsEmpty, report.ToString());

        double[][] Rest(int start)
        {
            var rest = OracleModels.For([$"Input({Units}), Label(\"m\"), Sequence({Length - start}, 3, Name = \"steps\"), {kind}({Units}, InitialState = \"m\", Name = \"{layer}\"), MeanSquaredError"])[0];
            var tail = new OracleBatch(
                [[.. states.Select(row => Part(row, start - 1, start))], [.. batch.Inputs[0].Select(row => row[(start * 3)..])]],
                [[.. batch.Labels[0].Select(row => row[(start * Units)..])]]);
            return [.. rest.Gradients(tail, parameters).InputGradients[0].Select(row => row.Select(slope => slope * (Length - start) / Length).ToArray())];
        }

        double[] Part(double[] row, int start, int end) => row[(start * Units)..(end * Units)];
    }

    [Fact]
    public void AreThereOnlyWhereTheyAreAskedFor()
    {
        var data = new ModelData(s_models[Stack]);
        var (inputs, labels) = data.Take(Samples, 0, Samples);
        var trainers = new[] { Stack, Stack["Model(GradientNorms = true), ".Length..] }.Select(layers =>
        {
            var model = s_models[layers];
            data.Reset(model);
            var trainer = model.CreateTrainer(new GradientDescent(0.1f), Samples, threads: 2);
            model.ComputeGradients(inputs, labels);
            return trainer;
        }).ToArray();
        Assert.Equal(["lstm_1", "lstm_1_reverse", "gru_1"], trainers[0].StateGradients.Select(state => state.Name));
        Assert.All(trainers[0].StateGradients, state => Assert.Equal(6, state.Norms.Length));
        Assert.All(trainers[0].StateGradients, state => Assert.DoesNotContain(state.Norms.ToArray(), norm => !(norm > 0)));
        Assert.Empty(trainers[1].StateGradients);
        Assert.Equal(
            trainers[0].Gradients.SelectMany(gradient => gradient.Values.ToArray()), trainers[1].Gradients.SelectMany(gradient => gradient.Values.ToArray()));
    }

    [Fact]
    public void OfLayersAreThoseOfTheirParameters()
    {
        var model = s_models[Stack];
        var data = new ModelData(model);
        data.Reset(model);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), Samples, threads: 1);
        var (inputs, labels) = data.Take(Samples, 0, Samples);
        model.ComputeGradients(inputs, labels);
        var gradients = trainer.Gradients;
        Assert.Equal(["lstm_1", "multi_head_attention_1", "gru_1", "dense_1"], gradients.Layers);
        var norms = new float[4];
        gradients.GetLayerNorms(norms);
        for (var layer = 0; layer < norms.Length; layer++)
        {
            Assert.Equal(Norm(gradients.Where(gradient => gradient.Name.StartsWith(gradients.Layers[layer] + ".", StringComparison.Ordinal))), norms[layer], 5);
        }

        Assert.Equal(Norm(gradients), gradients.Norm, 5);
        Assert.Equal(Norm([gradients["dense_1.bias"]]), gradients["dense_1.bias"].Norm, 5);
        Assert.StartsWith("norms: 3 numbers; expected 4", Assert.Throws<ArgumentException>(() => gradients.GetLayerNorms(new float[3])).Message, StringComparison.Ordinal);

        static double Norm(IEnumerable<Gradient> gradients) => Math.Sqrt(gradients.Sum(gradient => gradient.Values.ToArray().Sum(value => (double)value * value)));
    }
}
