using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Snapshots;

/// <summary>The generated code itself, as a reader of it sees it.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public void Xor() => MatchFiles("Xor", SourceModels.Xor, _ => true);

    [Fact]
    public void Normalized() => MatchFiles("Normalized", SourceModels.Normalized, hint => !hint.Contains("Kernels256", StringComparison.Ordinal) && !hint.Contains("Kernels128", StringComparison.Ordinal));

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
