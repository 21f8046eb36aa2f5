using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;

namespace ModelGen.Benchmarks;

/// <summary>The generator's own time and memory in a warm compiler, by model.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class GeneratorBenchmarks
{
    private CSharpCompilation _compilation = null!;

    /// <summary>The models, as their layers.</summary>
    [Params(
        "Input(2), Dense(8), Tanh, Dense(1), MeanSquaredError",
        "Input(1, 28, 28), Conv2D(6, 5), ReLU, MaxPool2D(2), Conv2D(16, 5), ReLU, MaxPool2D(2), Flatten, Dense(120), ReLU, Dense(84), ReLU, Dense(10), SoftmaxCrossEntropy",
        "Input(1, 28, 28), Conv2D(32, 3, Padding = Pad.Same), ReLU, Conv2D(32, 3, Padding = Pad.Same), ReLU, MaxPool2D(2), Conv2D(64, 3, Padding = Pad.Same), ReLU, Conv2D(64, 3, Padding = Pad.Same), ReLU, MaxPool2D(2), Flatten, Dense(128), ReLU, Dense(10), SoftmaxCrossEntropy")]
    public string Layers { get; set; } = "";

    /// <summary>A compilation with the one model.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create(
            "Models",
            [CSharpSyntaxTree.ParseText($"using ModelGen; [Model, {Layers}] public partial class Net;")],
            references,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>From attributes to text, nothing cached.</summary>
    [Benchmark]
    public GeneratorDriver Generate() => CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(_compilation);
}
