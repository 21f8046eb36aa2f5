using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.CodeFixes;

/// <summary>Removes an activation that the loss after it applies itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveLayerCodeFix))]
[Shared]
public sealed class RemoveLayerCodeFix : ModelCodeFixProvider
{
    /// <summary>Softmax or sigmoid before its cross-entropy.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DiagnosticDescriptors.SoftmaxBeforeLoss.Id, DiagnosticDescriptors.SigmoidBeforeLoss.Id];

    private protected override (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic) =>
        Find<AttributeSyntax>(root, diagnostic) is { } attribute
            ? ($"Remove {attribute.Name}", AttributeEdits.Remove(attribute, root.SyntaxTree.GetText()))
            : null;
}
