using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Specs;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Incrementality;

/// <summary>An edit that does not touch a model must not compile it again.</summary>
public sealed class IncrementalityTests
{
    [Fact]
    public void AnEditElsewhereChangesNoSpecAndRunsNothingAgain()
    {
        var (before, after) = RunTwice(compilation => compilation.AddSyntaxTrees(Parse("public class Other { public int Number => 42; }")));
        Assert.Equal(IncrementalStepRunReason.New, Reason(before, TrackingNames.Files));
        Assert.Contains(Reason(after, TrackingNames.Specs), Unchanged);
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(after, TrackingNames.Files));
    }

    [Fact]
    public void AnEditInTheSameFileRunsNothingAgain()
    {
        var (_, after) = RunTwice(compilation =>
        {
            var tree = compilation.SyntaxTrees.First();
            return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(tree + "\n// a comment\npublic class Another;")));
        });
        Assert.Contains(Reason(after, TrackingNames.Specs), Unchanged);
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(after, TrackingNames.Files));
    }

    [Fact]
    public void AnEditOfTheModelRunsTheCompilerAgain()
    {
        var (_, after) = RunTwice(compilation =>
        {
            var tree = compilation.SyntaxTrees.First();
            return compilation.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace("Dense(8)", "Dense(9)")));
        });
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(after, TrackingNames.Specs));
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(after, TrackingNames.Files));
    }

    [Fact]
    public void NothingOfRoslynIsReachableFromASpec()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (name, source) in new[] { ("LeNet5", SourceModels.LeNet5), ("Normalized", SourceModels.Normalized) })
        {
            Walk(SourceModels.Spec(source, name), name, seen);
        }

        Assert.True(seen.Count > 50, $"Only {seen.Count} objects were reached.");
    }

    private static readonly IncrementalStepRunReason[] Unchanged = [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached];

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        // A diagnostic's descriptor is a constant of the generator, not a piece of the compilation.
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Location or Compilation or SemanticModel, $"{path} holds a {value.GetType()}.");
        if (value is DiagnosticDescriptor)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            var index = 0;
            foreach (var item in items)
            {
                Walk(item, $"{path}[{index++}]", seen);
            }
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }

    private static (GeneratorRunResult Before, GeneratorRunResult After) RunTwice(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var compilation = Compiling.Compile(SourceModels.Xor);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: Compiling.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        var before = driver.GetRunResult().Results.Single();
        var after = driver.RunGenerators(edit(compilation)).GetRunResult().Results.Single();
        return (before, after);
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Compiling.ParseOptions);

    private static IncrementalStepRunReason Reason(GeneratorRunResult result, string step) => result.TrackedSteps[step].Single().Outputs.Single().Reason;
}
