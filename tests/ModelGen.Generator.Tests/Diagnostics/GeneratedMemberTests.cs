using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>The analyzer beside the generator, as the compiler runs them: it sees the members that were generated.</summary>
public sealed class GeneratedMemberTests
{
    [Theory]
    [InlineData("[Model, Input(4), Dense(2), SoftmaxCrossEntropy] public partial class Net;")]
    [InlineData("public static partial class Outer { [Model, Input(4), Dense(2), SoftmaxCrossEntropy] internal partial class Net { public int Age { get; set; } } }")]
    public async Task GeneratedMembersAreNotTakenForTheUsers(string source)
    {
        Compiling.Generate(Compiling.Compile(source), new ModelGenerator(), out var output);
        Assert.True(output.SyntaxTrees.Count() > 1);
        Assert.Empty(await Compiling.AnalyzeAsync(output));
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public async Task ClassThatIsNotPartialHasTheCompilersErrorAndOurs()
    {
        Compiling.Generate(Compiling.Compile("[Model, Input(4), Dense(2), SoftmaxCrossEntropy] public class Net;"), new ModelGenerator(), out var output);
        Assert.Equal(["CS0260"], output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id));
        Assert.Equal([DiagnosticDescriptors.NotPartial.Id], (await Compiling.AnalyzeAsync(output)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void GeneratedCodeIsOfTheOldestLanguageAllowed()
    {
        var compilation = Compiling.Compile(
            Compiling.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp13),
            "[Model, Input(1, 8, 8), Conv2D(3, 3), ReLU, MaxPool2D(2), Flatten, Dense(2), SoftmaxCrossEntropy] public partial class Net;");
        Compiling.Generate(compilation, new ModelGenerator(), out var output);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
