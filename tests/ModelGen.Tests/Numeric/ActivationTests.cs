using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Every activation alone and between layers, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class ActivationTests
{
    private static readonly string[] s_activations =
    [
        "ReLU", "LeakyReLU", "LeakyReLU(0.3)", "ELU", "ELU(0.5)", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus", "Softmax", "LogSoftmax",
    ];

    private static readonly ModelGroup s_alone = new([.. s_activations.Select(activation => $"Input(7), {activation}"), "Input(7), Step"]);

    private static readonly ModelGroup s_between = new([.. s_activations.SelectMany(Between), "Sequence(4, 3), Dense(5), Softmax, Dense(2), LogSoftmax, MeanSquaredError"]);

    /// <summary>What only picks or moves numbers.</summary>
    private static readonly ModelGroup s_exact = new(
        "Input(2, 3, 4), ReLU",
        "Input(2, 3, 4), Step",
        "Input(2, 5, 4), MaxPool2D(2)",
        "Input(2, 5, 4), MaxPool2D(3, Stride = 1, Padding = 1), ReLU",
        "Input(2, 5), MaxPool1D(2)",
        "Input(3, 4, 5), GlobalMaxPool",
        "Input(3, 4, 5), Flatten",
        "Input(3, 4, 5), Permute(2, 0, 1), Reshape(60)",
        "Sequence(3, 4), Permute(1, 0)",
        "Input(2, 3, 2), Upsample2D(2)",
        "Input(4), Dropout(0.5)");

    public static TheoryData<string> Alone => s_alone.Theory;

    public static TheoryData<string> WithLayers => s_between.Theory;

    public static TheoryData<string> Moves => s_exact.Theory;

    [Theory]
    [MemberData(nameof(Alone))]
    public void AgreeWithTheOracle(string layers) => s_alone.Check(layers, Tolerance.Elementwise);

    [Theory]
    [MemberData(nameof(WithLayers))]
    public void AgreeWithTheOracleBetweenLayers(string layers) => s_between.Check(layers);

    [Theory]
    [MemberData(nameof(Moves))]
    public void GiveTheSameBitsWhereNothingIsComputed(string layers) => s_exact.Check(layers, Tolerance.Exact);

    private static IEnumerable<string> Between(string activation)
    {
        yield return $"Input(5), Dense(7), {activation}, Dense(3), MeanSquaredError";
        yield return $"Input(2, 4, 3), Conv2D(3, 2), {activation}, Conv2D(2, 1), {activation}, MeanSquaredError";
    }
}
