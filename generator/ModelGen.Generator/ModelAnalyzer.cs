using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;

namespace ModelGen.Generator;

/// <summary>
/// Checks every model while it is typed: the generator's own front end, with what it finds put on the argument at fault. A
/// wrong model gets exactly one error.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that holds what the argument was probably meant to be.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>Every diagnostic of the language.</summary>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. typeof(DiagnosticDescriptors)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>(),
    ];

    /// <summary>Registers what is looked at: classes, and calls that need a loss.</summary>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ModelParser.ModelAttribute) is not null)
            {
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
                start.RegisterSyntaxNodeAction(AnalyzeCall, SyntaxKind.InvocationExpression);
            }
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var layers = ModelParser.LayerAttributes(type);
        if (ModelParser.IsModel(type))
        {
            AnalyzeModel(context, type, layers);
        }
        else if (layers.Length > 0 && !ModelParser.IsBlock(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.LayersWithoutModel, Identifier(type), type.Name));
        }
    }

    private static void AnalyzeModel(SymbolAnalysisContext context, INamedTypeSymbol type, ImmutableArray<AttributeData> layers)
    {
        var result = FrontEnd.Analyze(ModelParser.Parse(type, context.CancellationToken));
        if (result.Error is { } error)
        {
            Report(error);
            return;
        }

        foreach (var warning in result.Warnings)
        {
            Report(warning);
        }

        if (result.Network is not null && context.Compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnoptimizedBuild, Identifier(type), type.Name));
        }

        void Report(Finding finding) => context.ReportDiagnostic(Diagnostic.Create(
            finding.Error.Descriptor,
            Locate(finding, type, layers, context.CancellationToken),
            finding.Error.Suggestion is { } suggestion ? ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, suggestion) : null,
            [.. finding.Error.MessageArguments]));
    }

    private static Location? Locate(Finding finding, INamedTypeSymbol type, ImmutableArray<AttributeData> layers, CancellationToken cancellationToken) =>
        finding.Position >= 0
            ? ArgumentLocator.Find(layers[finding.Position], finding.Error.Argument, cancellationToken)
            : DeclarationRules.Check(type, layers, cancellationToken)?.Location ?? Identifier(type);

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context)
    {
        // By name and receiver, because a member that is not there binds to nothing.
        if (((InvocationExpressionSyntax)context.Node).Expression is MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "CreateTrainer" or "Fit" } name } access &&
            context.SemanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type is INamedTypeSymbol type &&
            ModelParser.IsModel(type) &&
            !ModelParser.HasLoss(type) &&
            !IsUsers(context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NoLoss, name.GetLocation(), type.Name));
        }
    }

    /// <summary>Whether a call binds to a method of the user's own that happens to have the name.</summary>
    private static bool IsUsers(ISymbol? method, INamedTypeSymbol model) =>
        method is not null &&
        !SymbolEqualityComparer.Default.Equals(method.ContainingType, model) &&
        method.ContainingNamespace is not { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true };

    private static Location? Identifier(INamedTypeSymbol type) => type.Locations.FirstOrDefault(location => location.IsInSource);
}
