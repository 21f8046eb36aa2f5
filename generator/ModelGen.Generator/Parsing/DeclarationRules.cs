using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>What is wrong with the declaration of a model class.</summary>
/// <param name="Error">What there is to say.</param>
/// <param name="Location">Where to say it, unless it is about a layer.</param>
/// <param name="Position">The position of the layer it is about, or −1.</param>
/// <param name="IsExtensible">Whether generated code can still be added to the class.</param>
internal sealed record DeclarationProblem(LayerError Error, Location? Location, int Position, bool IsExtensible);

/// <summary>Whether the network of a model can be generated into its class.</summary>
internal static class DeclarationRules
{
    /// <summary>The members that are generated, and for methods how many parameters those have.</summary>
    private static readonly Dictionary<string, int?> s_members = new()
    {
        ["Definition"] = null,
        ["Summary"] = null,
        ["Parameters"] = null,
        ["Trainer"] = null,
        ["Predictor"] = null,
        ["Create"] = 1,
        ["Save"] = 1,
        ["Load"] = 1,
        ["CreateTrainer"] = 3,
        ["CreatePredictor"] = 0,
    };

    /// <summary>The first problem, or null.</summary>
    public static DeclarationProblem? Check(INamedTypeSymbol type, ImmutableArray<AttributeData> layers, CancellationToken cancellationToken)
    {
        var declarations = Declarations(type, cancellationToken);
        return CheckKind(type, declarations) ??
            CheckGeneric(type) ??
            CheckPartial(type, declarations, cancellationToken) ??
            CheckLanguage(type, declarations) ??
            CheckMembers(type) ??
            CheckSpread(type, layers, cancellationToken);
    }

    private static DeclarationProblem? CheckKind(INamedTypeSymbol type, IReadOnlyList<TypeDeclarationSyntax> declarations)
    {
        var kind = type switch
        {
            { TypeKind: not TypeKind.Class } => "a " + type.TypeKind.ToString().ToLowerInvariant(),
            { IsRecord: true } => "a record",
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsFileLocal: true } => "local to its file",
            _ when declarations.Any(declaration => declaration.ParameterList is not null) => "given a primary constructor",
            _ => null,
        };
        return kind is null ? null : Problem(type, DiagnosticDescriptors.NotInstantiable, isExtensible: false, type.Name, kind);
    }

    private static DeclarationProblem? CheckGeneric(INamedTypeSymbol type)
    {
        var generic = ModelParser.ContainingTypes(type).Append(type).FirstOrDefault(part => part.TypeParameters.Length > 0);
        return generic is null ? null : Problem(generic, DiagnosticDescriptors.Generic, isExtensible: false, generic.Name);
    }

    private static DeclarationProblem? CheckPartial(INamedTypeSymbol type, IReadOnlyList<TypeDeclarationSyntax> declarations, CancellationToken cancellationToken)
    {
        if (declarations.Any(declaration => !IsPartial(declaration)))
        {
            return Problem(type, DiagnosticDescriptors.NotPartial, isExtensible: true, type.Name);
        }

        var outer = ModelParser.ContainingTypes(type).FirstOrDefault(outer => Declarations(outer, cancellationToken).Any(declaration => !IsPartial(declaration)));
        return outer is null ? null : Problem(outer, DiagnosticDescriptors.ContainingTypeNotPartial, isExtensible: true, outer.Name, type.Name);
    }

    private static DeclarationProblem? CheckLanguage(INamedTypeSymbol type, IReadOnlyList<TypeDeclarationSyntax> declarations)
    {
        var options = declarations.FirstOrDefault()?.SyntaxTree.Options as CSharpParseOptions;
        return options is null or { LanguageVersion: >= LanguageVersion.CSharp13 }
            ? null
            : Problem(type, DiagnosticDescriptors.LanguageVersion, isExtensible: false, type.Name, options.LanguageVersion.ToDisplayString());
    }

    private static DeclarationProblem? CheckMembers(INamedTypeSymbol type)
    {
        if (s_members.ContainsKey(type.Name))
        {
            return Problem(type, DiagnosticDescriptors.NameTaken, isExtensible: false, type.Name, type.Name);
        }

        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && !IsGenerated(member)))
        {
            var isTaken = member is IMethodSymbol method
                ? (s_members.TryGetValue(method.Name, out var count) && (count is null || count == method.Parameters.Length)) || TakesSeed(method)
                : s_members.ContainsKey(member.Name);
            if (isTaken)
            {
                return Problem(member, DiagnosticDescriptors.NameTaken, isExtensible: false, member.Name == ".ctor" ? type.Name + "(int)" : member.Name, type.Name);
            }
        }

        return null;
    }

    private static DeclarationProblem? CheckSpread(INamedTypeSymbol type, ImmutableArray<AttributeData> layers, CancellationToken cancellationToken)
    {
        SyntaxNode? first = null;
        for (var position = 0; position < layers.Length; position++)
        {
            var declaration = layers[position].ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent;
            first ??= declaration;
            if (!ReferenceEquals(declaration, first))
            {
                return new(Error(DiagnosticDescriptors.SpreadDeclarations, type.Name), null, position, IsExtensible: true);
            }
        }

        return null;
    }

    private static bool TakesSeed(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Constructor, Parameters.Length: 1 } && method.Parameters[0].Type.SpecialType == SpecialType.System_Int32;

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>The declarations a user wrote.</summary>
    private static IReadOnlyList<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        [.. type.DeclaringSyntaxReferences.Where(reference => !IsGenerated(reference.SyntaxTree)).Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()];

    // An analyzer sees the generated part of the class too.
    private static bool IsGenerated(ISymbol member) => member.DeclaringSyntaxReferences.All(reference => IsGenerated(reference.SyntaxTree));

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase);

    private static DeclarationProblem Problem(ISymbol symbol, DiagnosticDescriptor descriptor, bool isExtensible, params string[] arguments) =>
        new(Error(descriptor, arguments), symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !IsGenerated(tree)), -1, isExtensible);

    private static LayerError Error(DiagnosticDescriptor descriptor, params string[] arguments) => new(descriptor, null, arguments.ToEquatableArray());
}
