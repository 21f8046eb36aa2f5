using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.CodeFixes;

/// <summary>Puts before a layer the one that makes its input fit: Flatten before Dense, Permute(1, 0) before Conv1D.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertLayerCodeFix))]
[Shared]
public sealed class InsertLayerCodeFix : ModelCodeFixProvider
{
    /// <summary>A dense layer on an image, a convolution on a sequence.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DiagnosticDescriptors.FlattenBeforeDense.Id, DiagnosticDescriptors.PermuteBeforeConvolution.Id];

    private protected override (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic)
    {
        var layer = diagnostic.Id == DiagnosticDescriptors.FlattenBeforeDense.Id ? "Flatten" : "Permute(1, 0)";
        return Find<AttributeSyntax>(root, diagnostic) is { } attribute
            ? ($"Insert {layer}", AttributeEdits.InsertBefore(attribute, layer))
            : null;
    }
}
