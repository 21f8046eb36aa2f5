using Microsoft.CodeAnalysis;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Tests.Harness;

/// <summary>Models as source text, and what the front end makes of them.</summary>
internal static class SourceModels
{
    public const string LeNet5 = """
        [Model, Input(1, 28, 28)]
        [Conv2D(6, 5), ReLU, MaxPool2D(2)]
        [Conv2D(16, 5), ReLU, MaxPool2D(2)]
        [Flatten, Dense(120), ReLU, Dense(84), ReLU]
        [Dense(10), SoftmaxCrossEntropy]
        public partial class LeNet5;
        """;

    public const string Xor = """
        [Model, Input(2), Dense(8), Tanh, Dense(1), MeanSquaredError]
        public partial class Xor;
        """;

    public const string Normalized = """
        [Model, Input(3, 8, 8)]
        [Conv2D(8, 3, Padding = Pad.Same, UseBias = false), BatchNorm, ReLU]
        [DepthwiseConv2D(3, Stride = 2, Padding = 1), BatchNorm, SiLU]
        [GlobalAveragePool, Dropout(0.25), Dense(5), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
        public partial class Normalized;
        """;

    /// <summary>A wide network: the largest methods come from it.</summary>
    public const string Wide = """
        [Model, Input(1, 28, 28)]
        [Conv2D(32, 3, Padding = Pad.Same), ReLU, Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2)]
        [Conv2D(64, 7, Padding = 3), GELU, Conv2D(48, 11, Stride = 2, Padding = 5), ELU]
        [Flatten, Dense(2048), ReLU, Dense(10), SoftmaxCrossEntropy]
        public partial class Wide;
        """;

    /// <summary>A dilated convolution, whose borders are as wide as its dilation.</summary>
    public const string Dilated = """
        [Model, Input(8, 4096), Conv1D(8, 3, Dilation = 512, Padding = Pad.Same), ReLU, Conv1D(8, 3, Dilation = 512, Padding = 512), GlobalMaxPool, Dense(2), SoftmaxCrossEntropy]
        public partial class Dilated;
        """;

    /// <summary>The spec of the model of the given name in a source.</summary>
    public static ModelSpec Spec(string source, string name) =>
        ModelParser.Parse((INamedTypeSymbol)Compiling.Compile(source).GetSymbolsWithName(name, SymbolFilter.Type).Single(), CancellationToken.None);

    /// <summary>The network of a model that is right, with all its shapes.</summary>
    public static Network Network(string source, string name)
    {
        var analysis = FrontEnd.Analyze(Spec(source, name));
        Assert.Null(analysis.Error);
        return analysis.Network!;
    }
}
