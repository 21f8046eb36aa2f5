using ModelGen.Reference.Oracles;
using Xunit;

namespace ModelGen.Tests.Oracles;

/// <summary>The oracle's gradients, written by hand, agree with the slope of its loss: central differences of step 1e-6.</summary>
public sealed class OracleGradientTests
{
    private const double Step = 1e-6;

    /// <summary>Models with what the golden files lack.</summary>
    private static readonly string[] s_models =
    [
        "Input(6), Dense(5), Dropout(0.3), Tanh, Dense(3), MeanSquaredError",
        "Input(2, 3, 4), Dropout(0.5), Conv2D(3, 2), Dropout(0.25), Flatten, Dense(2), SoftmaxCrossEntropy",
        "Input(4), Reshape(1, 2, 2), Conv2D(2, 2), Flatten, Dense(3), Softmax, MeanSquaredError",
        "Input(3), Dense(4), SoftmaxCrossEntropy(Weight = 0.5), MeanSquaredError(Weight = 2)",
        "Input(3), Dense(4), Focal, MeanSquaredError(Weight = 2)",
        "Input(2, 3, 4), Conv2D(3, 2), Focal(Gamma = 0.5, IgnoreIndex = 1, ClassWeights = new[] { 0.5, 2.0, 1.0 })",
        "Input(3), Dense(4), Focal(Gamma = 0, Weight = 0.5)",
        "Input(3), Dense(4), Dice(Weight = 2)",
        "Input(2, 3, 4), Conv2D(2, 2), Dice(Smooth = 0.1)",
        .. new[] { "SimpleRNN(3", "SimpleRNN(3, Activation = RecurrentActivation.ReLU", "LSTM(3", "LSTM(3, Peepholes = true", "LSTM(4, Projection = 2", "LSTM(4, Projection = 3, Peepholes = true", "GRU(3", "GRU(3, ResetAfter = false" }
            .SelectMany(layer => new[]
            {
                $"Sequence(4, 2), {layer}), Dense(2), MeanSquaredError",
                $"Sequence(4, 2, Lengths = true), {layer}, Bidirectional = true), {layer}, Bidirectional = true), Last, Dense(2), SoftmaxCrossEntropy",
                $"Tokens(4, Vocabulary = 5, Lengths = true), Embedding(3), {layer}, Stateful = true), MeanOverTime, Huber",
            }),
        "Sequence(4, 6), MultiHeadAttention(2), MeanSquaredError",
        "Tokens(4, Vocabulary = 5), Embedding(3), Label(\"e\"), GRU(3), Dense(5, Tied = \"e\"), SoftmaxCrossEntropy",
        "Sequence(4, 4, Lengths = true), PositionalEncoding(Learned = true), MultiHeadAttention(2, Causal = true), LayerNorm, Dense(3), SoftmaxCrossEntropy",
        "Sequence(5, 3), PositionalEncoding, Dense(2), MeanSquaredError",
        .. new[] { ("LSTM(3", "LSTM(3"), ("LSTM(4, Projection = 3", "LSTM(4, Projection = 3"), ("GRU(3", "LSTM(3"), ("LSTM(3", "SimpleRNN(3"), ("GRU(3", "GRU(3, ResetAfter = false") }
            .Select(pair =>
                $"Sequence(4, 2, Lengths = true), {pair.Item1}, Bidirectional = true), Label(\"m\"), " +
                $"Sequence(3, 2, Lengths = true, Name = \"target\"), {pair.Item2}, Bidirectional = true, InitialState = \"m\"), Dense(2), MeanSquaredError"),
        "Input(4), Dense(6), Label(\"m\"), Sequence(3, 2, Name = \"steps\"), LSTM(3, Bidirectional = true, InitialState = \"m\"), MeanSquaredError",
        .. new[] { "General", "Dot", "Additive" }.SelectMany(score => new[]
        {
            $"Sequence(4, 2, Lengths = true), Dense(3), Label(\"m\"), Sequence(3, 3, Lengths = true, Name = \"target\"), GRU(3), Attention(\"m\", Score = AttentionScore.{score}, Units = 4), Dense(2), SoftmaxCrossEntropy",
            $"Sequence(4, 2, Lengths = true), GRU(3), Label(\"m\"), Last, Attention(\"m\", Score = AttentionScore.{score}), Dense(2), MeanSquaredError",
        }),
        "Sequence(4, 4, Lengths = true), Dense(4), Label(\"m\"), Sequence(3, 4, Name = \"target\"), MultiHeadAttention(2, Memory = \"m\"), MeanSquaredError",
        "Sequence(7, 3), Dense(4), CTC",
        "Input(2, 3, 4), Conv2D(16, 1), Detection(0.2, 0.3, 0.5, 0.4)",
        "Input(2, 3, 4), Conv2D(6, 1), Detection(new[] { 0.3, 0.3 }, Weight = 0.5, BoxWeight = 2, EmptyWeight = 0.1, IgnoreOverlap = 0.2)",
        "Sequence(8, 3, Lengths = true), Dense(4), CTC(2, MaxLength = 3, Weight = 0.5)",
        "Sequence(5, 3, Lengths = true), Dense(2), MeanSquaredError(Weight = 0.5), MeanAbsoluteError",
        "Sequence(6, 2), Permute(1, 0), Conv1D(3, 3, Padding = Pad.Causal, Dilation = 2), MeanSquaredError",
        "Input(3), Dense(2), MeanSquaredError, Input(2, 4), Conv1D(2, 2), GlobalAveragePool, Huber, MeanAbsoluteError(On = \"output\")",
    ];

    [Theory]
    [InlineData("convolutions")]
    [InlineData("pools")]
    [InlineData("activations")]
    [InlineData("normalisations")]
    [InlineData("losses")]
    public void AgreeWithDifferencesOnGoldenModels(string group)
    {
        var goldens = Golden.Read(group);
        foreach (var (golden, oracle) in goldens.Zip(OracleModels.For([.. goldens.Select(golden => golden.Layers)])))
        {
            Compare(golden.Layers, oracle, golden.Ignored);
        }
    }

    [Fact]
    public void AgreeWithDifferencesOnOtherModels()
    {
        foreach (var (layers, oracle) in s_models.Zip(OracleModels.For(s_models)))
        {
            Compare(layers, oracle, ignored: false);
        }
    }

    private static void Compare(string layers, Oracle oracle, bool ignored)
    {
        var lengths = HashedNumbers.Lengths(oracle, samples: 3);
        var batch = new OracleBatch(HashedNumbers.Inputs(oracle, samples: 3), HashedNumbers.Labels(oracle, samples: 3, ignored, lengths), lengths);
        var parameters = HashedNumbers.Parameters(oracle);
        var result = oracle.Gradients(batch, parameters, noise: Noise);
        foreach (var (name, gradient) in result.Gradients)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                Same($"{name}[{i}]", gradient[i], parameters[name], i);
            }
        }

        foreach (var input in Enumerable.Range(0, batch.Inputs.Length).Where(input => oracle.Inputs[input].Vocabulary == 0))
        {
            for (var sample = 0; sample < batch.Samples; sample++)
            {
                for (var i = 0; i < oracle.Inputs[input].Count; i++)
                {
                    Same($"input {input}[{sample}][{i}]", result.InputGradients[input][sample][i], batch.Inputs[input][sample], i);
                }
            }
        }

        void Same(string what, double gradient, double[] elements, int i)
        {
            var kept = elements[i];
            elements[i] = kept + Step;
            var above = oracle.Gradients(batch, parameters, noise: Noise).Loss;
            elements[i] = kept - Step;
            var below = oracle.Gradients(batch, parameters, noise: Noise).Loss;
            elements[i] = kept;
            var slope = (above - below) / (2 * Step);
            Assert.True(Math.Abs(gradient - slope) <= 1e-5 + (1e-3 * Math.Abs(slope)), $"{layers}: the gradient of {what} is {gradient:R}, the slope {slope:R}.");
        }
    }

    private static double Noise(int stream, int sample, int element) =>
        (HashedNumbers.Uniform(500 + (ulong)stream, (sample * 1000) + element) + 1) / 2;
}
