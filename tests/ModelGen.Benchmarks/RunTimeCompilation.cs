using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;
using ModelGen.Generator.Parsing;

namespace ModelGen.Benchmarks;

/// <summary>Compiles C# in memory, with the generator or without, and loads it.</summary>
internal static class RunTimeCompilation
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest);

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "ModelGen.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The source of the models of this program.</summary>
    public static string ModelsSource()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Models.cs")!);
        return reader.ReadToEnd();
    }

    /// <summary>The compilation of some source that refers to the library.</summary>
    public static CSharpCompilation Create(string source) => CSharpCompilation.Create(
        "Compiled" + Guid.NewGuid().ToString("N"),
        [CSharpSyntaxTree.ParseText(source, s_options)],
        s_references.Value,
        new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));

    /// <summary>The model classes of a compilation.</summary>
    public static IEnumerable<INamedTypeSymbol> Models(Compilation compilation) =>
        compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(ModelParser.IsModel).OrderBy(type => type.Locations[0].SourceSpan.Start);

    /// <summary>The compilation with what the generator adds.</summary>
    public static Compilation Generate(Compilation compilation)
    {
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return output;
    }

    /// <summary>Compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
        }

        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
