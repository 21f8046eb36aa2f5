using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Planning;

/// <summary>Which convolutions are computed by Winograd's minimal filtering.</summary>
public sealed class WinogradTests
{
    private const string Call = "Winograd.TransformWeights(";

    /// <summary>The number of programs' weights that are transformed: forward in all three programs and for a single sample, and the gradient of the input.</summary>
    [Theory]
    [InlineData("Input(16, 12, 12), Conv2D(16, 3, Padding = 1)", 4)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 3, Padding = 1)", 5)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 3)", 5)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 3, Padding = 2)", 5)]
    [InlineData("Input(1, 12, 12), Conv2D(15, 1), Conv2D(16, 3, Padding = 1)", 0)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(15, 3, Padding = 1)", 0)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 3, Stride = 2, Padding = 1)", 0)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 3, Dilation = 2)", 0)]
    [InlineData("Input(1, 12, 12), Conv2D(32, 1), Conv2D(32, 3, Groups = 2)", 0)]
    [InlineData("Input(1, 12, 12), Conv2D(16, 1), Conv2D(16, 5)", 0)]
    [InlineData("Input(1, 3, 3), Conv2D(16, 1), Conv2D(16, 3)", 0)]
    public void IsDecidedByTheShape(string layers, int transforms) => Assert.Equal(transforms, Count($"[Model, {layers}, MeanSquaredError]"));

    [Fact]
    public void CanBeTurnedOff() => Assert.Equal(0, Count("[Model(Winograd = false), Input(16, 12, 12), Conv2D(16, 3, Padding = 1), MeanSquaredError]"));

    private static int Count(string attributes)
    {
        var files = ModelCompiler.Compile(SourceModels.Spec(attributes + " public partial class Net;", "Net"), CancellationToken.None);
        return files.Sum(file => file.Text.Split(Call).Length - 1);
    }
}
