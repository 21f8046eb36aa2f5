using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>What the class of a model must be.</summary>
public sealed class DeclarationDiagnosticTests
{
    private const string Layers = "[Model, Input(4), Dense(2), SoftmaxCrossEntropy]";

    [Fact]
    public Task NotPartial() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NotPartial,
        $"{Layers} public class [|Net|];",
        "The model Net must be declared partial, because its network is generated into it: write 'partial class Net'");

    [Fact]
    public Task ContainingTypeNotPartial() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.ContainingTypeNotPartial,
        $"public partial class Outer {{ public static class [|Middle|] {{ {Layers} public partial class Net; }} }}",
        "Middle contains the model Net and must be declared partial too");

    [Fact]
    public Task Generic() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.Generic,
        $"{Layers} public partial class [|Net|]<T>;",
        "Net has type parameters; neither a model nor a type around it may be generic");

    [Fact]
    public Task ContainingTypeGeneric() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.Generic,
        $"public partial class [|Outer|]<T> {{ {Layers} public partial class Net; }}",
        "Outer has type parameters; neither a model nor a type around it may be generic");

    [Theory]
    [InlineData("public static partial class [|Net|];", "static")]
    [InlineData("public abstract partial class [|Net|];", "abstract")]
    [InlineData("file partial class [|Net|];", "local to its file")]
    [InlineData("public partial record [|Net|];", "a record")]
    [InlineData("public partial struct [|Net|];", "a struct")]
    [InlineData("public partial class [|Net|](int x);", "given a primary constructor")]
    public Task NotInstantiable(string declaration, string kind) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NotInstantiable,
        $"{Layers} {declaration}",
        $"The model Net is {kind}; it must be a class that can be created with new Net()");

    [Fact]
    public Task SpreadDeclarations() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.SpreadDeclarations,
        "[Model, Input(4)] public partial class Net; [[|Dense(2)|], SoftmaxCrossEntropy] public partial class Net;",
        "The layers of Net are spread over several partial declarations, whose order is not defined; move them to one");

    [Fact]
    public Task OldLanguage() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.LanguageVersion,
        Markup.Parse($"{Layers} public partial class [|Net|] {{ }}"),
        "The model Net is compiled as C# 12.0; models need C# 13 or later: set <LangVersion>13</LangVersion> or higher in the project file",
        text => Compiling.Compile(Compiling.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp12), text));

    [Theory]
    [InlineData("public partial class Net { public int [|Parameters|] => 1; }", "Parameters", "Net")]
    [InlineData("public partial class Net { public void [|Save|](string path) { } }", "Save", "Net")]
    [InlineData("public partial class Net { public [|Net|](int depth) { } }", "Net(int)", "Net")]
    [InlineData("public partial class [|Trainer|];", "Trainer", "Trainer")]
    public Task NameTaken(string declaration, string name, string model) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NameTaken, $"{Layers} {declaration}", $"{name} is a name that is generated into the model {model}; rename it");

    [Fact]
    public Task OverloadsOfGeneratedMethodsAreFree() => DiagnosticAssert.IsCleanAsync(
        $"{Layers} public partial class Net {{ public void Save(System.IO.Stream stream, bool flush) {{ }} }}");

    [Fact]
    public Task LayersWithoutModel() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.LayersWithoutModel,
        "[Input(4), Dense(2)] public partial class [|Net|];",
        "Net has layers but no network is generated for it; add [Model]");

    [Fact]
    public Task UnoptimizedBuild() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.UnoptimizedBuild,
        Markup.Parse($"{Layers} public partial class [|Net|];"),
        "The model Net is built without optimisation and will be about ten times slower; build with -c Release, or set <Optimize>true</Optimize>",
        text => Compiling.Compile(text) is var compilation ? compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Debug)) : null!);

    [Fact]
    public Task NestedInPartialTypesIsFine() => DiagnosticAssert.IsCleanAsync(
        $"public partial interface IOuter {{ private protected partial record Middle {{ {Layers} internal partial class Net; }} }}");
}
