using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Robustness;

/// <summary>Whatever stands in the editor between two keystrokes, neither generator nor analyzer may throw.</summary>
public sealed class HalfTypedSourceTests
{
    private static readonly string Source = string.Join("\n", SourceModels.LeNet5, SourceModels.Normalized, SourceModels.Xor);

    [Fact]
    public async Task FiveHundredTruncatedSources()
    {
        for (var i = 0; i < 500; i++)
        {
            await Survives(Source[..(i * Source.Length / 500)]);
        }
    }

    [Fact]
    public async Task FiveHundredSourcesWithMutatedTokens()
    {
        var random = new Random(1);
        var tokens = CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Select(token => token.ToFullString()).ToArray();
        string[] strays = ["(", ")", "[", "]", ",", "=", "-1", "0", "int.MaxValue", "\"x\"", "null", "new int[0]", "Conv2D", "Dense", "Model", "static", "class", "<T>", "1e30", "2147483648", "Pad.Same", "Input", "partial", ";", "default"];
        for (var i = 0; i < 500; i++)
        {
            var mutated = tokens.ToList();
            for (var change = 0; change <= i % 3; change++)
            {
                var at = random.Next(mutated.Count);
                switch (random.Next(4))
                {
                    case 0:
                        mutated.RemoveAt(at);
                        break;
                    case 1:
                        mutated.Insert(at, mutated[random.Next(mutated.Count)]);
                        break;
                    case 2:
                        mutated[at] = strays[random.Next(strays.Length)] + " ";
                        break;
                    default:
                        (mutated[at], mutated[0]) = (mutated[0], mutated[at]);
                        break;
                }
            }

            await Survives(string.Concat(mutated));
        }
    }

    [Fact]
    public void CancellationIsHonoured()
    {
        var cancelled = new CancellationToken(canceled: true);
        var spec = SourceModels.Spec(SourceModels.LeNet5, "LeNet5");
        Assert.Throws<OperationCanceledException>(() => ModelCompiler.Compile(spec, cancelled));
    }

    private static async Task Survives(string source)
    {
        var compilation = Compiling.Compile(source);
        await Compiling.AnalyzeAsync(compilation);
        var result = Compiling.Generate(compilation, new ModelGenerator(), out _).Results.Single();
        Assert.True(result.Exception is null, $"{result.Exception}\n{source}");
    }
}
