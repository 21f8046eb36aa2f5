using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.CodeFixes;

/// <summary>Makes a class with layers a model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddModelCodeFix))]
[Shared]
public sealed class AddModelCodeFix : ModelCodeFixProvider
{
    /// <summary>A class with layers but without the attribute Model.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticDescriptors.LayersWithoutModel.Id];

    private protected override (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic) =>
        Find<TypeDeclarationSyntax>(root, diagnostic)?.AttributeLists.FirstOrDefault()?.Attributes.FirstOrDefault() is { } first
            ? ("Add [Model]", AttributeEdits.InsertBefore(first, "Model"))
            : null;
}
