using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.CodeFixes;

/// <summary>Adds the modifier partial to a model or to a type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
[Shared]
public sealed class MakePartialCodeFix : ModelCodeFixProvider
{
    /// <summary>A model, or a type around one, that is not partial.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DiagnosticDescriptors.NotPartial.Id, DiagnosticDescriptors.ContainingTypeNotPartial.Id];

    private protected override (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic) =>
        Find<TypeDeclarationSyntax>(root, diagnostic) is { } type
            ? ("Make partial", new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial "))
            : null;
}
