using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>Reads a model class and its attributes into a spec: the last place that sees Roslyn's symbols.</summary>
internal static class ModelParser
{
    /// <summary>The attribute that makes a class a model.</summary>
    public const string ModelAttribute = "ModelGen.ModelAttribute";

    private const string Suffix = "Attribute";

    /// <summary>The spec of a class that has the attribute <c>Model</c>.</summary>
    public static ModelSpec Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var attributes = LayerAttributes(type);
        var blocks = new BlockParser(cancellationToken);
        var layers = new List<LayerSpec>(attributes.Length);
        foreach (var attribute in attributes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            layers.Add(ParseLayer(attribute) with { Block = blocks.Parse(attribute.AttributeClass!) });
        }

        var problem = DeclarationRules.Check(type, attributes, cancellationToken);
        return new ModelSpec(
            type.ContainingNamespace.IsGlobalNamespace ? "" : string.Join(".", type.ContainingNamespace.ToDisplayString().Split('.').Select(Escape)),
            ContainingTypes(type).Select(outer => new TypeSpec(Keyword(outer), Escape(outer.Name))).ToEquatableArray(),
            Escape(type.Name),
            Option(type, "Winograd", unless: true),
            layers.ToEquatableArray())
        {
            MeasuresGradients = Option(type, "GradientNorms", unless: false),
            DeclarationError = problem?.Error,
            DeclarationErrorPosition = problem?.Position ?? -1,
            IsExtensible = problem?.IsExtensible ?? true,
            IsIncomplete = blocks.IsIncomplete || HasIncomplete(type, cancellationToken),
        };
    }

    /// <summary>The attributes of a class that are layers, in the order of the source.</summary>
    public static ImmutableArray<AttributeData> LayerAttributes(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(attribute => Derives(attribute.AttributeClass, "LayerAttribute"))];

    /// <summary>Whether the class has the attribute that makes it a model.</summary>
    public static bool IsModel(INamedTypeSymbol type) => Find(type, ModelAttribute) is not null;

    /// <summary>Whether the class is a block: an attribute that stands for the layers it is annotated with.</summary>
    public static bool IsBlock(INamedTypeSymbol type) => Derives(type, "BlockAttribute");

    /// <summary>Whether one of the layers of the class is a loss.</summary>
    public static bool HasLoss(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => Derives(attribute.AttributeClass, "LossAttribute"));

    /// <summary>The types around a type, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            types.Push(outer);
        }

        return types;
    }
    /// <summary>An option of the model's own attribute.</summary>
    private static bool Option(INamedTypeSymbol type, string name, bool unless) =>
        Find(type, ModelAttribute)?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as bool? ?? unless;

    private static AttributeData? Find(INamedTypeSymbol type, string fullName) =>
        type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == fullName);

    internal static bool Derives(INamedTypeSymbol? type, string name)
    {
        for (var ancestor = type?.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == name && ancestor.ContainingNamespace is { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A layer without what it stands for where it is a block.</summary>
    internal static LayerSpec ParseLayer(AttributeData attribute)
    {
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        var positional = attribute.ConstructorArguments
            .Take(parameters.Length)
            .Select((argument, index) => new ArgumentSpec(parameters[index].Name, ParseValue(argument)));
        var named = attribute.NamedArguments.Select(argument => new ArgumentSpec(argument.Key, ParseValue(argument.Value)));
        return new LayerSpec(ShortName(attribute.AttributeClass!), positional.Concat(named).ToEquatableArray());
    }

    /// <summary>The name of an attribute's class as a user writes it.</summary>
    internal static string ShortName(INamedTypeSymbol type) => type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - Suffix.Length) : type.Name;

    private static ArgumentValue ParseValue(TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Error || constant.IsNull)
        {
            return new ArgumentValue();
        }

        if (constant.Kind == TypedConstantKind.Array)
        {
            return constant.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Int32 }
                ? new ArgumentValue(Integers: constant.Values.Select(item => item.Value as int? ?? 0).ToEquatableArray())
                : new ArgumentValue(Numbers: constant.Values.Select(item => (float)(item.Value as double? ?? 0)).ToEquatableArray());
        }

        return constant.Value switch
        {
            int integer => new ArgumentValue(Integer: integer),
            double number => new ArgumentValue(Number: (float)number),
            bool truth => new ArgumentValue(Truth: truth),
            string text => new ArgumentValue(Text: text),
            _ => new ArgumentValue(),
        };
    }

    /// <summary>Whether the compiler itself finds something wrong with an attribute of a class.</summary>
    internal static bool HasIncomplete(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.TypeKind == TypeKind.Error) ||
        LayerAttributes(type).Any(attribute => IsIncomplete(attribute, cancellationToken));

    /// <summary>Whether the compiler itself finds something wrong with an attribute, so that its arguments cannot be trusted.</summary>
    private static bool IsIncomplete(AttributeData attribute, CancellationToken cancellationToken)
    {
        if (attribute.AttributeConstructor is null || attribute.ConstructorArguments.Any(HasError) || attribute.NamedArguments.Any(argument => HasError(argument.Value)))
        {
            return true;
        }

        // A property that does not exist is missing from the named arguments.
        return attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: var written } &&
            written.Count(argument => argument.NameEquals is not null) != attribute.NamedArguments.Length;
    }

    private static bool HasError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(HasError));

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    private static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
