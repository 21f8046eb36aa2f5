using Microsoft.CodeAnalysis;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Robustness;

/// <summary>A wrong model is one error, ours: the program that uses it still compiles.</summary>
public sealed class WrongModelTests
{
    private const string Use = """
        public static class Use
        {
            public static float Run(float[] images, int[] labels, float[] probabilities)
            {
                var net = new Net(seed: 1);
                net.CreatePredictor().Predict(images, probabilities);
                net.Save("a"); net = Net.Load("a");
                var trainer = net.CreateTrainer(new Adam(1e-3f), batch: 16, threads: 2);
                trainer.ComputeGradients(images, labels);
                trainer.Step(new System.Numerics.Tensors.ReadOnlyTensorSpan<float>(images), labels);
                return trainer.Step(images, labels) + trainer.Evaluate(images, labels).SampleCount + Net.Summary.Layers.Count + net.Parameters["dense_1.weight"].Values[0];
            }
        }
        """;

    [Theory]
    [InlineData("Input(1, 4, 4), Conv2D(6, 5), Flatten, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(1, 4, 4), Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(8), Dense(0), SoftmaxCrossEntropy")]
    [InlineData("Input(8), Dense(2), Softmax, SoftmaxCrossEntropy")]
    [InlineData("Input(8), Reshape(3, 3), SoftmaxCrossEntropy")]
    [InlineData("Input(8), Dense(2), SoftmaxCrossEntropy, ReLU")]
    public async Task ItsUsersStillCompile(string layers)
    {
        var compilation = Compiling.Compile($"[Model, {layers}] public partial class Net;", Use);
        Compiling.Generate(compilation, new ModelGenerator(), out var output);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Single((await Compiling.AnalyzeAsync(compilation)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
