using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Pooling of every shape and option, compiled, against the oracle.</summary>
/// <remarks>A convolution stands before, so that the pool's gradient matters, and a dense layer after, so that it differs everywhere.</remarks>
[Trait("Category", "Numeric")]
public sealed class PoolingTests
{
    private static readonly ModelGroup s_models = new([.. Images(), .. Signals(), .. Volumes(), .. Others()]);

    private static readonly ModelGroup s_means = new(
        "Input(3, 5, 4), AveragePool2D(2)",
        "Input(2, 5, 6), AveragePool2D(3, Stride = 1, Padding = 1)",
        "Input(2, 9), AveragePool1D(3)",
        "Input(2, 3, 4, 5), AveragePool3D(2)",
        "Input(3, 4, 5), GlobalAveragePool",
        "Input(3, 2, 3, 4), GlobalAveragePool");

    public static TheoryData<string> Models => s_models.Theory;

    public static TheoryData<string> Means => s_means.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [MemberData(nameof(Means))]
    public void OfMeansIsAsExactAsASum(string layers) => s_means.Check(layers, Tolerance.Sums);

    private static IEnumerable<string> Images()
    {
        foreach (var pool in new[] { "MaxPool2D", "AveragePool2D" })
        {
            foreach (var options in new[]
            {
                "1", "2", "3", "6, 7", "3, 1", "1, 5", "2, Stride = 1", "3, Stride = 2", "2, Stride = 3", "5, Stride = 2, Padding = 2",
                "3, Stride = 1, Padding = 1", "2, Padding = Pad.Same", "3, Stride = 2, Padding = Pad.Same", "2, 3, Strides = new[] { 1, 2 }",
                "3, Strides = new[] { 3, 1 }, Paddings = new[] { 1, 0 }",
            })
            {
                yield return $"Input(1, 6, 7), Conv2D(3, 1), {pool}({options}), Flatten, Dense(2), MeanSquaredError";
            }
        }

        foreach (var channels in new[] { 1, 7, 17 })
        {
            yield return $"Input(1, 5, 6), Conv2D({channels}, 2), ReLU, MaxPool2D(2), Flatten, Dense(2), MeanSquaredError";
            yield return $"Input(1, 5, 6), Conv2D({channels}, 2), AveragePool2D(2), Flatten, Dense(2), MeanSquaredError";
        }
    }

    private static IEnumerable<string> Signals() =>
        from pool in new[] { "MaxPool1D", "AveragePool1D" }
        from options in new[] { "1", "2", "3, Stride = 1", "3, Stride = 2, Padding = 1", "9", "4, Padding = Pad.Same" }
        select $"Input(2, 9), Conv1D(3, 1), {pool}({options}), Flatten, Dense(2), MeanSquaredError";

    private static IEnumerable<string> Volumes() =>
        from pool in new[] { "MaxPool3D", "AveragePool3D" }
        from options in new[]
        {
            "1", "2", "3, 4, 5", "1, 2, 2", "2, 1, 3", "2, Stride = 1", "3, Stride = 2, Padding = 1", "2, Padding = Pad.Same", "2, 1, 3, Strides = new[] { 1, 2, 2 }",
            "3, Strides = new[] { 2, 1, 3 }, Paddings = new[] { 1, 0, Pad.Same }",
        }
        select $"Input(1, 3, 4, 5), Conv3D(3, 1), {pool}({options}), Flatten, Dense(2), MeanSquaredError";

    private static IEnumerable<string> Others()
    {
        foreach (var pool in new[] { "GlobalAveragePool", "GlobalMaxPool" })
        {
            foreach (var channels in new[] { 1, 3, 17 })
            {
                yield return $"Input(1, 4, 5), Conv2D({channels}, 2), {pool}, Dense(2), MeanSquaredError";
            }

            yield return $"Input(2, 7), Conv1D(3, 2), {pool}, Dense(2), MeanSquaredError";
            yield return $"Input(1, 3, 2, 4), Conv3D(3, 1), {pool}, Dense(2), MeanSquaredError";
            yield return $"Input(2, 1, 1), Conv2D(3, 1), {pool}, MeanSquaredError";
        }

        foreach (var options in new[] { "1", "2", "3", "1, 2", "3, 1" })
        {
            yield return $"Input(1, 3, 2), Conv2D(2, 1), Upsample2D({options}), Conv2D(2, 2), MeanSquaredError";
        }

        foreach (var options in new[] { "1", "2", "3", "4", "1, 2", "3, 1", "2, 5" })
        {
            yield return $"Input(1, 3, 2), Conv2D(2, 1), Upsample2D({options}, Mode = Interpolation.Bilinear), Conv2D(2, 2), MeanSquaredError";
        }

        yield return "Input(2, 1, 1), Conv2D(2, 1), Upsample2D(2, Mode = Interpolation.Bilinear), MeanSquaredError";
        yield return "Input(1, 4, 6), Conv2D(2, 1), MaxPool2D(2), Upsample2D(2), Conv2D(1, 3, Padding = 1), MeanSquaredError";
    }
}
