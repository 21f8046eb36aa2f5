using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator;

/// <summary>The names of the generator's steps, for tests of what is cached.</summary>
internal static class TrackingNames
{
    /// <summary>The specs read from attributes; nothing after it runs while they are equal.</summary>
    public const string Specs = nameof(Specs);

    /// <summary>The generated files.</summary>
    public const string Files = nameof(Files);
}

/// <summary>Compiles every class marked <c>[Model]</c>: wiring only; the work is <see cref="ModelParser"/>'s and <see cref="ModelCompiler"/>'s.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelParser.ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (model, cancellationToken) => ModelParser.Parse((INamedTypeSymbol)model.TargetSymbol, cancellationToken))
            .WithTrackingName(TrackingNames.Specs);

        var files = specs
            .Select(static (spec, cancellationToken) => ModelCompiler.Compile(spec, cancellationToken).ToEquatableArray())
            .WithTrackingName(TrackingNames.Files);

        context.RegisterSourceOutput(files, static (output, files) =>
        {
            foreach (var file in files)
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            }
        });
    }
}
