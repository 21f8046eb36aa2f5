using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Numeric;

/// <summary>Compiles C# in memory, as a user's build would, and loads it.</summary>
internal static class SourceCompilation
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest);

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("ModelGen", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The compilation of one file of C# that refers to the library and these tests.</summary>
    public static Compilation Create(string source) => CSharpCompilation.Create(
        "Compiled" + Guid.NewGuid().ToString("N"),
        [CSharpSyntaxTree.ParseText(source, s_parseOptions)],
        s_references.Value,
        new CSharpCompilationOptions(
            Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The loaded assembly of the given source.</summary>
    /// <param name="source">One file of C#.</param>
    /// <param name="generators">The generators that run over it.</param>
    /// <exception cref="InvalidOperationException">The source or what was generated for it does not compile; the message shows the errors.</exception>
    public static Assembly Load(string source, params IIncrementalGenerator[] generators)
    {
        var compilation = Create(source);
        if (generators.Length > 0)
        {
            CSharpGeneratorDriver.Create([.. generators.Select(generator => generator.AsSourceGenerator())], parseOptions: s_parseOptions)
                .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out var diagnostics);
            if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "CS8785") is { } failure)
            {
                throw new InvalidOperationException($"{failure.GetMessage(CultureInfo.InvariantCulture)}\n{failure.Descriptor.Description.ToString(CultureInfo.InvariantCulture)}");
            }

            compilation = OnlyUsedKernels.Keep(compilation);
        }

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            throw new InvalidOperationException(
                $"{errors.Count} errors:\n{string.Join("\n", errors.Take(10).Select(error => $"{error}\n    {LineOf(error)}"))}");
        }

        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    private static string LineOf(Diagnostic diagnostic)
    {
        var text = diagnostic.Location.SourceTree?.GetText();
        return text is null ? "" : text.Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
    }
}
