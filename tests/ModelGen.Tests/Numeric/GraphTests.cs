using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Networks that are graphs, against the oracle: merging layers, labels, several inputs, outputs and losses, blocks.</summary>
[Trait("Category", "Numeric")]
public sealed class GraphTests
{
    private static readonly ModelGroup s_models = new(
        "Input(3, 6, 6), Conv2D(4, 3, Padding = 1), Label(\"a\"), ReLU, Conv2D(4, 3, Padding = 1), Add(\"a\"), ReLU, Flatten, Dense(3), SoftmaxCrossEntropy",
        "Input(2, 6, 6), Conv2D(4, 3, Padding = 1), ReLU, Label(\"a\"), Conv2D(3, 3, Padding = 1), Concat(\"a\"), Conv2D(2, 1), MeanSquaredError",
        "Input(2, 6, 6), Label(\"x\"), Conv2D(4, 3, Padding = 1), Concat(\"x\"), Conv2D(2, 1), MeanSquaredError",
        "Input(2, 6, 6), Conv2D(4, 3), Label(\"x\"), Concat(\"x\"), Concat(\"x\"), Conv2D(2, 1), MeanSquaredError",
        "Input(2, 6, 6), Conv2D(4, 3), Label(\"x\"), Tanh, Label(\"y\"), Concat(\"x\"), Label(\"z\"), Sigmoid, Concat(\"z\"), Concat(\"y\"), MeanSquaredError",
        "Input(1, 8, 8), DoubleConv(3), Label(\"e1\"), MaxPool2D(2), DoubleConv(4), Upsample2D(2), Concat(\"e1\"), DoubleConv(3), Conv2D(2, 1), SoftmaxCrossEntropy",
        "Input(3, 8, 8), Conv2D(4, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, BasicBlock(4), BasicBlock(6, Stride = 2), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy",
        "Input(4, 5, 5), SqueezeExcite(4), Nested(2), GlobalMaxPool, Dense(2), MeanSquaredError",
        "Input(7), DenseResidual(7), DenseResidual(5), MeanSquaredError",
        "Sequence(5, 3), Label(\"x\"), Dense(4), Concat(\"x\"), Label(\"y\"), Tanh, Multiply(\"y\"), Dense(2), MeanSquaredError",
        "Sequence(5, 3), Dense(4), Label(\"x\"), Dense(6), Add(\"x\", Project = true), MeanSquaredError",
        "Input(4), Label(\"left\"), Input(4), Dense(4), Add(\"left\"), Dense(2), MeanSquaredError",
        "Input(4), Dense(5), Tanh, Label(\"h\"), Dense(3), SoftmaxCrossEntropy(Weight = 0.5), From(\"h\"), Dense(2), MeanSquaredError",
        "Input(4), Dense(5), Tanh, Output(\"hidden\"), Dense(3), Output(\"scores\"), SoftmaxCrossEntropy, Huber(On = \"hidden\")",
        "Input(2, 4, 4), Conv2D(3, 3, Padding = 1), Label(\"a\"), Conv2D(1, 1), Sigmoid, Multiply(\"a\"), Flatten, Dense(2), MeanSquaredError",
        "Input(3), Dense(4), Label(\"a\"), Concat(\"a\"), Output(\"wide\"), Dense(2), MeanSquaredError",
        "Input(2, 3), Label(\"x\"), Flatten, Dense(6), Reshape(2, 3), Concat(\"x\"), MeanSquaredError",
        "Input(16, 6, 6), Conv2D(16, 3, Padding = 1), ReLU, Label(\"a\"), Conv2D(16, 3, Padding = 1), ReLU, Concat(\"a\"), Conv2D(32, 3, Padding = 1), ReLU, GlobalAveragePool, Dense(2), MeanSquaredError");

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);
}
