using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.CodeFixes;

/// <summary>Edits of the list of layers that leave the rest of the text as it is.</summary>
internal static class AttributeEdits
{
    /// <summary>Puts another layer before one, in the same brackets.</summary>
    public static TextChange InsertBefore(AttributeSyntax attribute, string layer) =>
        new(new TextSpan(attribute.SpanStart, 0), $"{Qualifier(attribute)}{layer}, ");

    /// <summary>Takes a layer out, with its comma or, where it is alone in its brackets, with these and their line.</summary>
    public static TextChange Remove(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count > 1)
        {
            return new(
                index + 1 < list.Attributes.Count
                    ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[index + 1].SpanStart)
                    : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End),
                "");
        }

        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        var isAlone = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart))) &&
            string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(list.Span.End, text.Lines.GetLineFromPosition(list.Span.End).End)));
        return new(
            isAlone ? TextSpan.FromBounds(line.Start, text.Lines.GetLineFromPosition(list.Span.End).EndIncludingLineBreak) : list.Span, "");
    }

    /// <summary>Gives a property of the layer a value, in place of the one it has.</summary>
    public static TextChange SetProperty(AttributeSyntax attribute, string property, string value)
    {
        if (attribute.ArgumentList is not { } list)
        {
            return new(new TextSpan(attribute.Name.Span.End, 0), $"({property} = {value})");
        }

        return list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property) is { } existing
            ? new(existing.Expression.Span, value)
            : new(new TextSpan(list.CloseParenToken.SpanStart, 0), $"{(list.Arguments.Count > 0 ? ", " : "")}{property} = {value}");
    }

    /// <summary>The namespace the attribute is written with, so that another can be written alike.</summary>
    public static string Qualifier(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax name => name.Left + ".",
        AliasQualifiedNameSyntax name => name.Alias + "::",
        _ => "",
    };
}
