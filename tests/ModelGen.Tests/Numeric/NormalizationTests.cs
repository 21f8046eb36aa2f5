using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Normalisations and dropout, compiled, against the oracle: batch and running statistics, masks.</summary>
[Trait("Category", "Numeric")]
public sealed class NormalizationTests
{
    private static readonly ModelGroup s_models = new([.. BatchNorm(), .. Dropout()]);

    private static readonly ModelGroup s_layerNorms = new([.. LayerNorm(), .. GroupNorm()]);

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> LayerNorms => s_layerNorms.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [MemberData(nameof(LayerNorms))]
    public void OfEachSampleAgreeWithTheOracle(string layers) => s_layerNorms.Check(layers, Tolerance.Normalized);

    private static IEnumerable<string> BatchNorm()
    {
        foreach (var channels in new[] { 1, 3, 17 })
        {
            yield return $"Input(2, 3, 4), Conv2D({channels}, 2, UseBias = false), BatchNorm, ReLU, Conv2D(2, 1), MeanSquaredError";
            yield return $"Sequence(5, 3), Dense({channels}, UseBias = false), BatchNorm, Tanh, Dense(2), MeanSquaredError";
            yield return $"Input(2, 7), Conv1D({channels}, 3, UseBias = false), BatchNorm, LeakyReLU, Flatten, Dense(3), SoftmaxCrossEntropy";
        }

        yield return "Input(2, 4, 5), BatchNorm, Conv2D(2, 2), MeanSquaredError";
        yield return "Input(2, 4, 5), BatchNorm(Momentum = 0.5, Epsilon = 0.1), Conv2D(2, 2), BatchNorm(Momentum = 1), MeanSquaredError";
        yield return "Input(2, 4, 5), Conv2D(2, 2, UseBias = false), BatchNorm, ReLU, MaxPool2D(2), Conv2D(3, 1, UseBias = false), BatchNorm, GELU, GlobalAveragePool, Dense(2), MeanSquaredError";
        yield return "Input(2, 4, 5), Conv2D(3, 1, UseBias = false), BatchNorm, Permute(1, 2, 0), Flatten, Dense(2), MeanSquaredError";
    }

    private static IEnumerable<string> LayerNorm()
    {
        foreach (var features in new[] { 1, 5, 7, 17 })
        {
            yield return $"Input(5), Dense({features}), LayerNorm, Dense(2), MeanSquaredError";
            yield return $"Sequence(4, 5), Dense({features}), LayerNorm, Dense(2), MeanSquaredError";
        }

        yield return "Input(2, 3, 4), Conv2D(3, 2), LayerNorm, Conv2D(2, 1), MeanSquaredError";
        yield return "Input(2, 6), Conv1D(3, 2), LayerNorm(Epsilon = 0.01), ReLU, Flatten, Dense(2), MeanSquaredError";
        yield return "Input(6), LayerNorm, Dense(3), LayerNorm, MeanSquaredError";
        yield return "Input(6), Dense(8), LayerNorm, GELU, Dense(4, UseBias = false), BatchNorm, MeanSquaredError";
    }

    private static IEnumerable<string> GroupNorm()
    {
        foreach (var (channels, groups) in new[] { (1, 1), (4, 1), (4, 2), (4, 4), (18, 3) })
        {
            yield return $"Input(2, 4, 5), Conv2D({channels}, 2), GroupNorm({groups}), ReLU, Conv2D(2, 1), MeanSquaredError";
        }

        yield return "Input(2, 7), Conv1D(6, 3), GroupNorm(3, Epsilon = 0.01), SiLU, Flatten, Dense(3), MeanSquaredError";
        yield return "Input(1, 3, 4, 3), Conv3D(4, 2), GroupNorm(2), ReLU, GlobalAveragePool, Dense(3), MeanSquaredError";
        yield return "Input(5), Dense(12), GroupNorm(4), ReLU, Dense(2), MeanSquaredError";
        yield return "Input(4, 3, 2), GroupNorm(2), Conv2D(3, 1), MeanSquaredError";
    }

    private static IEnumerable<string> Dropout()
    {
        yield return "Input(5), Dense(7), Dropout(0.5), Dense(3), MeanSquaredError";
        yield return "Input(5), Dropout(0.25), Dense(7), ReLU, Dropout(0.1), Dense(3), SoftmaxCrossEntropy";
        yield return "Input(2, 4, 3), Conv2D(3, 2), Dropout(0.3), ReLU, Conv2D(2, 1), Dropout(0.9), MeanSquaredError";
        yield return "Sequence(4, 3), Dense(5), Dropout(0.4), Tanh, Dense(2), MeanSquaredError";
        yield return "Input(5), Dense(7), Dropout(0), Dense(3), MeanSquaredError";
        yield return "Input(2, 4, 3), Conv2D(7, 2), SpatialDropout(0.3), ReLU, Conv2D(2, 1), SpatialDropout(0.5), MeanSquaredError";
        yield return "Input(2, 6), SpatialDropout(0.4), Conv1D(5, 2), Dropout(0.2), MeanSquaredError";
        yield return "Input(1, 2, 3, 4), Conv3D(6, 2), SpatialDropout(0.25), Flatten, Dense(2), MeanSquaredError";
    }
}
