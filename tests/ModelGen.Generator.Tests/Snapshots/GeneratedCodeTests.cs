using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Snapshots;

/// <summary>The generated code itself, as a reader of it sees it.</summary>
public sealed class GeneratedCodeTests
{
    [Theory]
    [InlineData("Xor", SourceModels.Xor)]
    [InlineData("Normalized", SourceModels.Normalized)]
    public void Everything(string name, string source) => MatchFiles(name, source, _ => true);

    [Fact]
    public void LeNet5() => MatchFiles("LeNet5", SourceModels.LeNet5, hint => !hint.Contains("Kernels", StringComparison.Ordinal));

    private static void MatchFiles(string name, string source, Func<string, bool> isWanted, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        foreach (var file in ModelCompiler.Compile(SourceModels.Spec(source, name), CancellationToken.None).Where(file => isWanted(file.HintName)))
        {
            Snapshot.Match(file.Text, file.HintName.Replace(".g.cs", ""), method: method);
        }
    }
}
