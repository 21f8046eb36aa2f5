using ModelGen.CompilerServices;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Reference.Interpretation;
using ModelGen.Reference.Oracles;
using Xunit;

namespace ModelGen.Tests.Interpretation;

/// <summary>The interpreter of the graph gives each primitive the meaning its documentation states.</summary>
public sealed class InterpreterTests
{
    private const int Samples = 3;

    [Fact]
    public void MapRepeatsAxesOfOne()
    {
        var graph = new Graph();
        var x = Input(graph, 0, 2, 3);
        var b = Parameter(graph, 0, 2);
        var y = graph.Map("map", x.Shape, (Scalar.Read(0) * 2) + Scalar.Read(1) + (Scalar.Coordinate(1) * 100), (x, x.Shape), (b, new Shape(2, 1)));

        var values = Run(graph, new GraphInputs { Samples = 1, Inputs = [[[1, 2, 3, 4, 5, 6]]], Parameters = [[10, 20]] });

        Assert.Equal([12, 114, 216, 28, 130, 232], values[y][0]);
    }

    [Fact]
    public void MapDrawsTheNumbersOfTheVectorKernels()
    {
        var graph = new Graph();
        var x = Input(graph, 0, 2, 3);
        var perElement = graph.Map("dropout", x.Shape, Scalar.Read(0) + Scalar.Uniform(stream: 4, axes: 2), (x, x.Shape));
        var perChannel = graph.Map("dropout", x.Shape, Scalar.Read(0) + Scalar.Uniform(stream: 4, axes: 1), (x, x.Shape));

        var values = Run(graph, new GraphInputs { Samples = 2, Inputs = [[new double[6], new double[6]]], RandomKey = 77 });

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(VectorRandom.Uniform(77, 4, 1, i), values[perElement][1][i]);
            Assert.Equal(VectorRandom.Uniform(77, 4, 1, i / 3), values[perChannel][1][i]);
        }
    }

    [Theory]
    [InlineData(nameof(Function.Expm1), 1e-12, 1.0000000000005e-12)]
    [InlineData(nameof(Function.Log1p), 1e-12, 0.9999999999995e-12)]
    [InlineData(nameof(Function.Erf), 0.5, 0.52049987781304654)]
    [InlineData(nameof(Function.Erf), -2.5, -0.99959304798255504)]
    [InlineData(nameof(Function.Sigmoid), -3, 0.047425873177566781)]
    [InlineData(nameof(Function.Relu), -3, 0)]
    [InlineData(nameof(Function.Sign), -3, -1)]
    public void FunctionsAreExact(string function, double x, double expected)
    {
        var graph = new Graph();
        var input = Input(graph, 0, 1);
        var y = graph.Map("map", Scalar.Apply(Enum.Parse<Function>(function), Scalar.Read(0)), input);

        var values = Run(graph, new GraphInputs { Samples = 1, Inputs = [[[x]]] });

        Assert.Equal(expected, values[y][0][0], 1e-15 * Math.Abs(expected));
    }

    [Fact]
    public void ReduceSumsOverAxesAndSamples()
    {
        var graph = new Graph();
        var x = Input(graph, 0, 2, 3);
        var perSample = graph.Reduce("sum", ReduceKind.Sum, x, [1]);
        var perModel = graph.Reduce("sum", ReduceKind.Sum, x, [0], overSamples: true);
        var logs = graph.Reduce("logs", ReduceKind.LogSumExp, x, [0, 1]);

        var values = Run(graph, new GraphInputs { Samples = 2, Inputs = [[[1, 2, 3, 4, 5, 6], [1000, 1000, 1000, 0, 0, 0]]] });

        Assert.Equal([6, 15], values[perSample][0]);
        Assert.Equal([3000, 0], values[perSample][1]);
        Assert.Equal([1005, 1007, 1009], values[perModel][0]);
        Assert.Equal(1000 + Math.Log(3), values[logs][1][0], 1e-12);
    }

    [Fact]
    public void PermuteAndReshapeMoveElements()
    {
        var graph = new Graph();
        var x = Input(graph, 0, 1, 2, 3);
        var permuted = graph.Permute("permute", x, [2, 0, 1]);
        var reshaped = graph.Reshape("reshape", permuted, new Shape(6));

        var values = Run(graph, new GraphInputs { Samples = 1, Inputs = [[[1, 2, 3, 4, 5, 6]]] });

        Assert.Equal("(3, 1, 2)", permuted.Shape.ToString());
        Assert.Equal([1, 4, 2, 5, 3, 6], values[reshaped][0]);
    }

    [Theory]
    [InlineData("Conv2D(6, 3, 2, Stride = 2, Padding = 1, Dilation = 2, Groups = 3, UseBias = false)")]
    [InlineData("Conv2D(3, 3, Strides = new[] { 1, 3 }, Paddings = new[] { 2, 0 }, UseBias = false)")]
    public void ContractIsAConvolutionAndItsGradients(string layer)
    {
        var oracle = Oracles.OracleModels.For([$"Input(3, 7, 8), {layer}, MeanSquaredError"])[0];
        var strided = layer.Contains("Strides", StringComparison.Ordinal);
        var geometry = strided
            ? new ContractGeometry(1, 3, 3, [new(7, 9, 3, 1, 1, 2), new(8, 2, 3, 3)])
            : new ContractGeometry(3, 1, 2, [new(7, 3, 3, 2, 2, 1), new(8, 4, 2, 2, 2, 1)]);
        var graph = new Graph();
        var x = Input(graph, 0, 3, 7, 8);
        var w = Parameter(graph, 0, [.. oracle.Parameters[0].Extents]);
        var labels = graph.AddSource("labels", geometry.OutputShape, Scope.Sample, Element.Float, Source.Label);
        var y = graph.Contract("conv", geometry, x, w);
        var outer = graph.Map("loss", (Scalar.Read(0) - Scalar.Read(1)) * 2, y, labels);
        var dx = graph.Contract("conv", ContractRole.Input, geometry, outer, w, x);
        var dw = graph.Contract("conv", ContractRole.Weight, geometry, x, outer, w);

        var batch = new OracleBatch(HashedNumbers.Inputs(oracle, Samples), HashedNumbers.Labels(oracle, Samples));
        var parameters = HashedNumbers.Parameters(oracle);
        var expected = oracle.Gradients(batch, parameters);
        var values = Run(graph, new GraphInputs
        {
            Samples = Samples,
            Inputs = batch.Inputs,
            Labels = batch.Labels,
            Parameters = [parameters["conv2d_1.weight"]],
        });

        // The oracle's loss is a mean; the graph above leaves the division out.
        var divisor = Samples * geometry.OutputShape.Count;
        Assert.Equal(geometry.OutputShape.Count, oracle.Outputs[0].Count);
        Equal(expected.Outputs[0].SelectMany(row => row), values[y].SelectMany(row => row), 1);
        Equal(expected.InputGradients[0].SelectMany(row => row), values[dx].SelectMany(row => row), divisor);
        Equal(expected.Gradients["conv2d_1.weight"], values[dw][0], divisor);
    }

    [Theory]
    [InlineData("MaxPool2D(3, 2, Stride = 2, Padding = 1)")]
    [InlineData("AveragePool2D(3, 2, Stride = 2, Padding = 1)")]
    public void WindowIsPoolingAndUnwindowItsGradient(string layer)
    {
        var kind = layer.StartsWith("Max", StringComparison.Ordinal) ? WindowKind.Max : WindowKind.Sum;
        var oracle = Oracles.OracleModels.For([$"Input(3, 7, 6), {layer}, MeanSquaredError"])[0];
        ContractAxis[] axes = [new(3, 3, 1), new(7, 4, 3, 2, 1, 1), new(6, 4, 2, 2, 1, 1)];
        var graph = new Graph();
        var x = Input(graph, 0, 3, 7, 6);
        var labels = graph.AddSource("labels", new Shape(3, 4, 4), Scope.Sample, Element.Float, Source.Label);
        var scale = kind == WindowKind.Max ? 1 : 1 / 6.0;
        var pooled = graph.Window("pool", kind, x, axes);
        var y = graph.Map("pool", Scalar.Read(0) * scale, pooled);
        var outer = graph.Map("loss", (Scalar.Read(0) - Scalar.Read(1)) * 2 * scale, y, labels);
        var dx = graph.Unwindow("pool", kind, outer, kind == WindowKind.Max ? pooled.Producer!.Outputs[1] : null, axes);

        var batch = new OracleBatch(HashedNumbers.Inputs(oracle, Samples), HashedNumbers.Labels(oracle, Samples));
        var expected = oracle.Gradients(batch, new Dictionary<string, double[]>());
        var values = Run(graph, new GraphInputs { Samples = Samples, Inputs = batch.Inputs, Labels = batch.Labels });

        Equal(expected.Outputs[0].SelectMany(row => row), values[y].SelectMany(row => row), 1);
        Equal(expected.InputGradients[0].SelectMany(row => row), values[dx].SelectMany(row => row), Samples * 48);
    }

    [Fact]
    public void MissingSourcesAreNamed()
    {
        var graph = new Graph();
        Input(graph, 0, 2);

        var exception = Assert.Throws<InvalidOperationException>(() => Run(graph, new GraphInputs { Samples = 1 }));

        Assert.Contains("Input 0 (input_0), but 0 were given", exception.Message, StringComparison.Ordinal);
    }

    private static GraphValues Run(Graph graph, GraphInputs inputs) => Interpreter.Run(graph, inputs);

    private static Value Input(Graph graph, int index, params int[] extents) =>
        graph.AddSource($"input_{index}", new Shape(extents), Scope.Sample, Element.Float, Source.Input, index);

    private static Value Parameter(Graph graph, int index, params int[] extents) =>
        graph.AddSource($"parameter_{index}", new Shape(extents), Scope.Model, Element.Float, Source.Parameter, index);

    private static void Equal(IEnumerable<double> expected, IEnumerable<double> found, double divisor) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second / divisor, 1e-12));
}
