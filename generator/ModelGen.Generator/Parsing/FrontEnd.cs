using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>Something found in a model: the position of the layer attribute (−1 for the class) and what there is to say.</summary>
internal sealed record Finding(int Position, LayerError Error);

/// <summary>What is known of a model once its shapes are.</summary>
/// <param name="Network">The network with all its types; null where the model is wrong.</param>
/// <param name="Error">What is wrong; null where nothing is, and where the compiler reports it by itself.</param>
/// <param name="Warnings">What is unwise; empty for a wrong model.</param>
/// <param name="Signature">The inputs, labels and outputs: as far as they can be told, of a wrong model too.</param>
internal sealed record FrontEndResult(Network? Network, Finding? Error, IReadOnlyList<Finding> Warnings, ModelSignature Signature);

/// <summary>
/// From the spec of a model to its network: builds the graph of layers, then walks it from the inputs and infers every shape.
/// Stops at the first error. Pure and total: any spec gives a result.
/// </summary>
internal static class FrontEnd
{
    public static FrontEndResult Analyze(ModelSpec spec)
    {
        var builder = NetworkBuilder.Build(spec);
        var error = spec.DeclarationError is { } declaration ? new Finding(spec.DeclarationErrorPosition, declaration) : null;
        if (spec.IsIncomplete)
        {
            return new(null, error, [], builder.Signature);
        }

        error ??= builder.Error ?? InferTypes(builder.Network) ?? Review(builder.Network, DiagnosticSeverity.Error).FirstOrDefault();
        return error is null
            ? new(builder.Network, null, [.. Review(builder.Network, DiagnosticSeverity.Warning), .. FindUntrained(builder.Network)], builder.Signature)
            : new(null, error, [], builder.Signature);
    }

    private static Finding? InferTypes(Network network)
    {
        long parameters = 0;
        long results = 0;
        foreach (var node in network.Nodes)
        {
            var layer = node.Layer;
            if (node.Input is { Type: { Vocabulary: > 0 } tokens } && !layer.TakesTokens)
            {
                return new(node.Position, layer.Error(DiagnosticDescriptors.TokensIntoLayer, null, tokens.ToString()));
            }

            var inference = layer.Infer(node.Input?.Type!);
            if (inference.Type is not { } type)
            {
                return new(node.Position, inference.Error!);
            }

            if (type.Count > Limits.MaxElements)
            {
                return TooLarge(node, "its result " + type, type.Axes.Aggregate(1m, (product, axis) => product * axis.Extent), Limits.MaxElements);
            }

            results += type.Count;
            if (results > Limits.MaxResults)
            {
                return TooLarge(node, $"with its result {type} those of the network", results, Limits.MaxResults);
            }

            node.Type = type;
            foreach (var parameter in node.Parameters)
            {
                var count = parameter.Shape.Extents.Aggregate(1m, (product, extent) => product * extent);
                if (count + parameters > Limits.MaxParameters)
                {
                    return TooLarge(node, $"with its {parameter.Name} {parameter.Shape} the model's parameters", count + parameters, Limits.MaxParameters);
                }

                parameters += (long)count;
            }
        }

        return null;
    }

    private static Finding TooLarge(LayerNode node, string what, decimal found, long most) => new(
        node.Position,
        node.Layer.Error(DiagnosticDescriptors.TooLarge, null, what, found.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What layers have to say of the ones they follow.</summary>
    private static IEnumerable<Finding> Review(Network network, DiagnosticSeverity severity)
    {
        foreach (var node in network.Nodes)
        {
            if (node.Input is { } previous && node.Layer.Review(previous.Layer) is { } error && error.Descriptor.DefaultSeverity == severity)
            {
                yield return new(previous.Position, error);
            }
        }
    }

    /// <summary>Parameters that will never learn: before a layer through which no gradient passes, or in a chain without a loss beside one with.</summary>
    private static IEnumerable<Finding> FindUntrained(Network network)
    {
        foreach (var node in network.Nodes.Where(node => network.Losses.Any() && !network.Losses.Any(loss => Leads(node, loss))))
        {
            if (node.Parameters.FirstOrDefault(parameter => !parameter.IsStatistic) is { } parameter)
            {
                yield return new(node.Position, node.Layer.Error(DiagnosticDescriptors.NoLossFollows, null, $"{node.Layer.Name}.{parameter.Name}"));
            }
        }

        foreach (var node in network.Nodes.Where(node => node.Layer.BlocksGradient && network.Losses.Any(loss => Leads(node, loss))))
        {
            for (var before = node.Input; before is not null; before = before.Input)
            {
                if (before.Parameters.FirstOrDefault(parameter => !parameter.IsStatistic) is { } parameter)
                {
                    yield return new(node.Position, node.Layer.Error(DiagnosticDescriptors.NoGradient, null, $"{before.Layer.Name}.{parameter.Name}"));
                    break;
                }
            }
        }
    }

    private static bool Leads(LayerNode from, LayerNode to)
    {
        for (LayerNode? node = to; node is not null; node = node.Input)
        {
            if (ReferenceEquals(node, from))
            {
                return true;
            }
        }

        return false;
    }
}
