using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Dense layers of every width, on vectors and sequences, and what moves numbers, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class DenseTests
{
    private static readonly ModelGroup s_models = new([.. Sizes(), .. Sequences(), .. Moves(), .. Deep()]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    /// <summary>Gradients of weights are summed up over some samples at a time: here a whole piece and a part of one, several, and no part.</summary>
    [Fact]
    public void AgreeWithTheOracleForManySamples() =>
        s_models.Check("Input(20), Dense(32), ReLU, Dense(24), ReLU, Dense(10), SoftmaxCrossEntropy", sampleCounts: [128, 129, 290]);

    private static IEnumerable<string> Sizes() =>
        from sizes in new[] { (1, 1), (1, 17), (3, 7), (7, 3), (7, 40), (17, 1), (17, 16), (33, 7), (33, 17), (40, 3), (64, 5), (65, 2), (79, 13), (130, 3) }
        select $"Input(4), Dense({sizes.Item1}), Dense({sizes.Item2}), MeanSquaredError";

    private static IEnumerable<string> Sequences()
    {
        foreach (var (length, features, units) in new[] { (1, 3, 2), (5, 1, 7), (7, 3, 17), (4, 17, 1), (16, 5, 5) })
        {
            yield return $"Sequence({length}, 2), Dense({features}), Dense({units}), MeanSquaredError";
            yield return $"Sequence({length}, {features}), Dense({units}, UseBias = false), Tanh, Dense(3), SoftmaxCrossEntropy";
        }
    }

    private static IEnumerable<string> Moves()
    {
        yield return "Input(12), Dense(24), Reshape(2, 3, 4), Conv2D(3, 2), Flatten, Dense(2), MeanSquaredError";
        yield return "Input(2, 3, 4), Conv2D(2, 1), Permute(1, 2, 0), Flatten, Dense(3), MeanSquaredError";
        yield return "Input(2, 3, 4), Conv2D(2, 1), Permute(2, 0, 1), Flatten, Dense(3), MeanSquaredError";
        yield return "Input(2, 3, 4), Conv2D(2, 1), Permute(0, 2, 1), Flatten, Dense(3), MeanSquaredError";
        yield return "Input(3, 5), Conv1D(4, 1), Permute(1, 0), Dense(3), MeanSquaredError";
        yield return "Input(2, 3, 4, 5), Reshape(6, 4, 5), Conv2D(2, 2), MeanSquaredError";
        yield return "Input(6), Dense(12), Reshape(3, 4), Conv1D(2, 2), Reshape(6), Dense(2), MeanSquaredError";
        yield return "Input(3, 4), Flatten, Dense(3), MeanSquaredError";
    }

    private static IEnumerable<string> Deep()
    {
        yield return "Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy";
        yield return "Input(20), Dense(32), ReLU, Dense(24), ReLU, Dense(10), SoftmaxCrossEntropy";
        yield return "Input(64), Dense(30), Sigmoid, Dense(10), SoftmaxCrossEntropy";
        yield return "Input(5), Dense(4, UseBias = false), ReLU, Dense(4, UseBias = false), ReLU, Dense(3, UseBias = false), MeanSquaredError";
        yield return "Input(100), Dense(50), GELU, Dense(3), Huber";
        yield return "Input(1024), Dense(20), ReLU, Dense(3), MeanSquaredError";
        yield return "Input(4), Dense(3, Name = \"hidden\"), Tanh, Dense(2, Name = \"class\"), SoftmaxCrossEntropy";
    }
}
