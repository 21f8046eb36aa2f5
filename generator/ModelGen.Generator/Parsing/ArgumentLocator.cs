using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Generator.Parsing;

/// <summary>Where an argument of an attribute stands in the source.</summary>
internal static class ArgumentLocator
{
    /// <summary>
    /// The place of the argument given for a constructor parameter or property, such as <c>kernel</c>, or of one element of an
    /// array, such as <c>Strides[1]</c>; of the whole attribute where it is not given.
    /// </summary>
    public static Location? Find(AttributeData attribute, string? argument, CancellationToken cancellationToken)
    {
        if (attribute.ApplicationSyntaxReference is not { } reference || reference.GetSyntax(cancellationToken) is not AttributeSyntax syntax)
        {
            return null;
        }

        var span = argument is null ? null : FindArgument(attribute, syntax, argument);
        return Location.Create(reference.SyntaxTree, span ?? syntax.Span);
    }

    private static TextSpan? FindArgument(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        var bracket = argument.IndexOf('[');
        var name = bracket < 0 ? argument : argument.Substring(0, bracket);
        var element = bracket < 0 ? -1 : int.Parse(argument.Substring(bracket + 1, argument.Length - bracket - 2), CultureInfo.InvariantCulture);
        var values = Values(attribute, syntax, name);
        if (values.Count == 0)
        {
            return null;
        }

        // Several values are the elements of a params array; a single one may be the array itself.
        var elements = values.Count == 1 ? Elements(values[0]) ?? values : values;
        return element >= 0 && element < elements.Count
            ? elements[element].Span
            : TextSpan.FromBounds(values[0].SpanStart, values[values.Count - 1].Span.End);
    }

    private static IReadOnlyList<ExpressionSyntax> Values(AttributeData attribute, AttributeSyntax syntax, string name)
    {
        var values = new List<ExpressionSyntax>();
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        var position = 0;
        foreach (var argument in syntax.ArgumentList?.Arguments ?? [])
        {
            var target = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (target is null && parameters.Length > 0)
            {
                target = parameters[Math.Min(position++, parameters.Length - 1)].Name;
            }

            if (string.Equals(target, name, StringComparison.OrdinalIgnoreCase))
            {
                values.Add(argument.Expression);
            }
        }

        return values;
    }

    private static IReadOnlyList<ExpressionSyntax>? Elements(ExpressionSyntax array) => array switch
    {
        CollectionExpressionSyntax collection when collection.Elements.All(element => element is ExpressionElementSyntax) =>
            [.. collection.Elements.Cast<ExpressionElementSyntax>().Select(element => element.Expression)],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax creation => [.. creation.Initializer.Expressions],
        _ => null,
    };
}
