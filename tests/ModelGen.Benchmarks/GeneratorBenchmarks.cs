using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator;

namespace ModelGen.Benchmarks;

/// <summary>The generator's own time and memory in a warm compiler, by model.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class GeneratorBenchmarks
{
    private CSharpCompilation _compilation = null!;

    /// <summary>The names of the models, from the smallest to those whose generation takes longest.</summary>
    public static IEnumerable<string> Models => [nameof(Xor), nameof(LeNet5), nameof(Cnn), nameof(Lstm256), nameof(ResNet20), nameof(UNet)];

    /// <summary>The model that is generated.</summary>
    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    /// <summary>A compilation with the one model and the blocks.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var all = RunTimeCompilation.Create(RunTimeCompilation.ModelsSource());
        var tree = all.SyntaxTrees.Single();
        var others = RunTimeCompilation.Models(all).Where(model => model.Name != Model).SelectMany(model => model.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax());
        var root = (CompilationUnitSyntax)tree.GetRoot().RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!;
        _compilation = all.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(root, tree.Options));
    }

    /// <summary>From attributes to text, nothing cached.</summary>
    [Benchmark]
    public GeneratorDriver Generate() => CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(_compilation);
}
