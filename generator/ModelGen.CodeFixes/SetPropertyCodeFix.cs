using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Diagnostics;

namespace ModelGen.CodeFixes;

/// <summary>Sets the property that cures a layer: UseBias = false before BatchNorm, Padding = Pad.Same where a kernel does not fit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetPropertyCodeFix))]
[Shared]
public sealed class SetPropertyCodeFix : ModelCodeFixProvider
{
    /// <summary>A bias before batch normalisation, a kernel or window larger than its input.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DiagnosticDescriptors.BiasBeforeBatchNorm.Id, DiagnosticDescriptors.WindowTooLarge.Id];

    private protected override (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic)
    {
        if (Find<AttributeSyntax>(root, diagnostic) is not { } attribute)
        {
            return null;
        }

        if (diagnostic.Id == DiagnosticDescriptors.BiasBeforeBatchNorm.Id)
        {
            return ("Set UseBias = false", AttributeEdits.SetProperty(attribute, "UseBias", "false"));
        }

        var hasPaddings = attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Paddings") == true;
        return hasPaddings
            ? null
            : ("Set Padding = Pad.Same", AttributeEdits.SetProperty(attribute, "Padding", $"{AttributeEdits.Qualifier(attribute)}Pad.Same"));
    }
}
