using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Specs;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Parsing;

/// <summary>What becomes of the attributes: order, names, ties between layers, arguments of the generated methods.</summary>
public sealed class NetworkBuilderTests
{
    [Fact]
    public void LayersAreReadInTheOrderOfTheSource()
    {
        var spec = SourceModels.Spec("[Input(1, 28, 28), Model]\n[Conv2D(6, 5), ReLU]\n[MaxPool2D(2)] [Flatten, Dense(10)]\n[SoftmaxCrossEntropy]\ninternal partial class Net;", "Net");
        Assert.Equal(
            ["Input(1, 28, 28)", "Conv2D(6, 5)", "ReLU", "MaxPool2D(2)", "Flatten", "Dense(10)", "SoftmaxCrossEntropy"],
            spec.Layers.Select(layer => layer.ToString()));
        Assert.Equal(("", "Net", true, false), (spec.Namespace, spec.Name, spec.UseWinograd, spec.MeasuresGradients));
    }

    [Fact]
    public void ArgumentsReadAsTheyWereWritten()
    {
        var spec = SourceModels.Spec("[Model(Winograd = false, GradientNorms = true), Input(8, 9), Conv1D(kernel: 3, filters: 4, Strides = [2], Padding = Pad.Same, UseBias = false, Name = \"c\"), Dropout(0.5), SoftmaxCrossEntropy(ClassWeights = [1, 0.5, 1, 1])] public partial class Net;", "Net");
        Assert.False(spec.UseWinograd);
        Assert.True(spec.MeasuresGradients);
        Assert.Equal(
            ["Input(8, 9)", "Conv1D(4, 3, Strides = [2], Padding = Pad.Same, UseBias = false, Name = \"c\")", "Dropout(0.5)", "SoftmaxCrossEntropy(ClassWeights = [1, 0.5, 1, 1])"],
            spec.Layers.Select(layer => layer.ToString()));
    }

    [Fact]
    public void LayersOfABlockReadAsTheyAreWrittenThere()
    {
        var network = Network("[Model, Input(4), Twice, MeanSquaredError] public partial class Net; [Dense(4), Label(\"x\"), Dense(4), Add(Block.Input), Add(\"x\")] public sealed class TwiceAttribute : BlockAttribute;");
        Assert.Equal(["Add(Block.Input)", "Add(\"x\")"], network.Nodes.Select(node => node.Layer.Spec.ToString()).Where(text => text.StartsWith("Add", StringComparison.Ordinal)));
    }

    [Fact]
    public void NestedTypesAndKeywordsAreKept()
    {
        var spec = SourceModels.Spec("namespace @event.Models; public partial interface IOuter { public partial record struct Middle { [Model, Input(1), Dense(1)] private partial class @class; } }", "class");
        Assert.Equal(("@event.Models", "@class"), (spec.Namespace, spec.Name));
        Assert.Equal([new TypeSpec("interface", "IOuter"), new TypeSpec("record struct", "Middle")], spec.ContainingTypes);
        Assert.Equal("event.Models.IOuter.Middle.class", spec.FullName);
    }

    [Fact]
    public void LayersAreCountedByKindWhetherNamedOrNot()
    {
        var network = Network("[Model, Input(4), Dense(4, Name = \"stem\"), ReLU, Dense(3), ReLU, Dense(2), SoftmaxCrossEntropy] public partial class Net;");
        Assert.Equal(
            ["input", "stem", "relu_1", "dense_2", "relu_2", "dense_3", "softmax_cross_entropy_1"], network.Nodes.Select(node => node.Layer.Name));
    }

    [Fact]
    public void EachChainHasItsInputLabelsAndOutput()
    {
        var result = Analyze("[Model, Input(4), Dense(1), MeanSquaredError, PerceptronLoss, Sequence(5, 3), Dense(2), SoftmaxCrossEntropy, Tokens(2, Vocabulary = 3), Input(2, Name = \"targets_2\"), Dense(1), Huber] public partial class Net;");
        Assert.Equal(["input", "input_2", "tokens", "targets_2"], result.Signature.Inputs.Select(input => input.Name));
        Assert.Equal(["targets", "labels", "labels_2", "targets_3"], result.Signature.Labels.Select(label => label.Name));
        Assert.Equal([LabelKind.Targets, LabelKind.Classes, LabelKind.Classes, LabelKind.Targets], result.Signature.Labels.Select(label => label.Kind));
        Assert.Equal(["output", "output_2", "output_3", "output_4"], result.Signature.Outputs);
    }

    [Fact]
    public void TheFirstLossOfAnOutputShapesItsPrediction()
    {
        var network = Network("[Model, Input(4), Dense(2), Input(3), Dense(2), SoftmaxCrossEntropy, BinaryCrossEntropy, MeanSquaredError(On = \"output\")] public partial class Net;");
        Assert.Equal(["output", "output_2"], network.Outputs.Select(output => output.Name));
        Assert.Equal(["dense_1", "dense_2"], network.Outputs.Select(output => output.Node.Layer.Name));
        Assert.Equal(["mean_squared_error_1", "softmax_cross_entropy_1"], network.Outputs.Select(output => output.Loss!.Layer.Name));
    }

    [Fact]
    public void SignatureOfAWrongModelIsWhatItWillBe()
    {
        var result = Analyze("[Model, Tokens(4, Vocabulary = 9, Name = \"text\"), Dense(2), Input(1, 4, 4, Name = \"image\"), Conv2D(6, 5), MeanSquaredError] public partial class Net;");
        Assert.Null(result.Network);
        Assert.NotNull(result.Error);
        Assert.Equal([new InputArgument("text", true), new InputArgument("image", false)], result.Signature.Inputs);
        Assert.Equal([new LabelArgument("targets", LabelKind.Targets)], result.Signature.Labels);
        Assert.Equal(["output", "output_2"], result.Signature.Outputs);
    }

    [Fact]
    public void LengthsFollowTheirInput()
    {
        var signature = Analyze(
            "[Model, Tokens(4, Vocabulary = 9, Lengths = true), Embedding(2), GRU(3), Last, Dense(2), MeanSquaredError, " +
            "Sequence(3, 2, Lengths = true, Name = \"x\"), GRU(2), Output(\"xLengths\"), Huber] public partial class Net;").Signature;
        Assert.Equal(
            [new InputArgument("tokens", true), new InputArgument("tokensLengths", true, 0), new InputArgument("x", false), new InputArgument("xLengths", true, 2)],
            signature.Inputs);
    }

    [Theory]
    [InlineData("[Model, Input(4), Dense()] public partial class Net;")]
    [InlineData("[Model, Input(4), Dense(\"x\")] public partial class Net;")]
    [InlineData("[Model, Input(4), Dense(undefined)] public partial class Net;")]
    [InlineData("[Model, Input(4), Conv9D(3), Conv2D(3, 3)] public partial class Net;")]
    [InlineData("[Model, Input(4), Dense(2, Bias = false), Conv2D(3, 3)] public partial class Net;")]
    [InlineData("[Model, Input(4), Dense(2, UseBias = 3), Conv2D(3, 3)] public partial class Net;")]
    public void WhatTheCompilerReportsItselfIsNotReportedAgain(string source)
    {
        var result = Analyze(source);
        Assert.Null(result.Network);
        Assert.Null(result.Error);
    }

    private static FrontEndResult Analyze(string source) => FrontEnd.Analyze(SourceModels.Spec(source, "Net"));

    private static Network Network(string source) => SourceModels.Network(source, "Net");
}
