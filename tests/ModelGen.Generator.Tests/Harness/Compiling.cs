using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen.Generator.Tests.Harness;

/// <summary>Compiles source text against the runtime library, with the analyzer or a generator.</summary>
internal static class Compiling
{
    private const string TrustedAssemblies = "TRUSTED_PLATFORM_ASSEMBLIES";

    /// <summary>The framework the tests run on, and the library.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData(TrustedAssemblies)!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "mscorlib.dll" or "netstandard.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
    ];

    /// <summary>The language version sources are read as unless a test says otherwise.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    /// <summary>A library of the given sources, each of which begins with <c>using ModelGen;</c>; not yet checked for anything.</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(ParseOptions, sources);

    /// <summary>The same in another version of the language.</summary>
    public static CSharpCompilation Compile(CSharpParseOptions options, params string[] sources) => CSharpCompilation.Create(
        "Models",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText("using ModelGen;\n" + source, options, $"Source{index}.cs")),
        References,
        new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the analyzer says, in the order of the source.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, CancellationToken cancellationToken = default)
    {
        var failures = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, _, _) => failures.Add(exception.ToString()),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation
            .WithAnalyzers([new ModelAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        return failures.Count == 0
            ? [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)]
            : throw new InvalidOperationException("The analyzer threw: " + failures[0]);
    }

    /// <summary>Runs a generator, which must not throw; <paramref name="output"/> is the compilation with what it added.</summary>
    public static GeneratorDriverRunResult Generate(Compilation compilation, IIncrementalGenerator generator, out Compilation output)
    {
        var result = CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out output, out _)
            .GetRunResult();
        return result.Results.Select(run => run.Exception).FirstOrDefault(exception => exception is not null) is { } failure
            ? throw new InvalidOperationException("The generator threw.", failure)
            : result;
    }
}
