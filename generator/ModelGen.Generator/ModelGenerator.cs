using System;
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

        var models = specs
            .Select(static (spec, cancellationToken) => new GeneratedModel(spec.FullName, ModelCompiler.Compile(spec, cancellationToken).ToEquatableArray()))
            .WithTrackingName(TrackingNames.Files);

        // Names of generated files ignore case: models that differ by nothing else are numbered. Almost always an empty list.
        var twins = specs
            .Select(static (spec, _) => spec.FullName)
            .Collect()
            .Select(static (names, _) => FindTwins(names));

        context.RegisterSourceOutput(models.Combine(twins), static (output, pair) =>
        {
            var (model, twins) = pair;
            var number = twins.ToList().IndexOf(model.Name);
            foreach (var file in model.Files)
            {
                var hint = number < 0 ? file.HintName : $"{number}.{file.HintName}";
                output.AddSource(hint, SourceText.From(file.Text, Encoding.UTF8));
            }
        });
    }

    private static EquatableArray<string> FindTwins(ImmutableArray<string> names) => names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();
}
