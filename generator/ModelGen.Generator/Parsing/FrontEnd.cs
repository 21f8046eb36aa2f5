using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>Something found in a model: the position of the layer attribute (−1 for the class) and what there is to say.</summary>
internal sealed record Finding(int Position, LayerError Error)
{
    /// <summary>What a layer has to say, where it is declared.</summary>
    public static Finding At(Site site, LayerError error) => new(site.Position, error with { Argument = site.Argument(error.Argument) });
}

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
            ? new(builder.Network, null, [.. builder.Warnings, .. FindLostLengths(builder.Network), .. Review(builder.Network, DiagnosticSeverity.Warning), .. FindUntrained(builder.Network)], builder.Signature)
            : new(null, error, [], builder.Signature);
    }

    private static Finding? InferTypes(Network network)
    {
        long parameters = 0;
        long results = 0;
        foreach (var node in network.Nodes)
        {
            var layer = node.Layer;
            if (node.InputTypes.FirstOrDefault(input => input.Vocabulary > 0) is { } tokens && !layer.TakesTokens)
            {
                return Finding.At(node.Site, layer.Error(DiagnosticDescriptors.TokensIntoLayer, null, tokens.ToString()));
            }

            var inference = layer is InputLayer input ? input.Declare() : layer.Infer(node.InputTypes);
            if (inference.Type is not { } type)
            {
                return Finding.At(node.Site, inference.Error!);
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

    private static Finding TooLarge(LayerNode node, string what, decimal found, long most) => Finding.At(
        node.Site,
        node.Layer.Error(DiagnosticDescriptors.TooLarge, null, what, found.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What layers have to say of the ones they follow.</summary>
    private static IEnumerable<Finding> Review(Network network, DiagnosticSeverity severity)
    {
        foreach (var node in network.Nodes)
        {
            if (node.Input is { } previous
                && node.Layer.Review(previous.Layer) is { } error
                && error.Descriptor.DefaultSeverity == severity
                && (severity == DiagnosticSeverity.Error || network.Nodes.Count(other => other.Inputs.Contains(previous)) == 1))
            {
                yield return Finding.At(previous.Site, error);
            }
        }
    }

    /// <summary>Layers whose result no longer tells padding from what counts.</summary>
    private static IEnumerable<Finding> FindLostLengths(Network network) => network.Nodes
        .Where(node => node.InputType.LengthsOf is not null && node.Type.LengthsOf is null && !node.Layer.TakesCountedStepsOnly)
        .Select(node => Finding.At(node.Site, node.Layer.Error(DiagnosticDescriptors.LengthsLost, null, node.InputType.LengthsOf!)));

    /// <summary>Parameters that will never learn: before a layer through which no gradient passes, or in a chain without a loss beside one with.</summary>
    private static IEnumerable<Finding> FindUntrained(Network network)
    {
        foreach (var node in network.Nodes.Where(node => network.Losses.Any() && !network.Losses.Any(loss => Network.Leads(node, loss))))
        {
            if (node.Parameters.FirstOrDefault(parameter => !parameter.IsStatistic) is { } parameter)
            {
                yield return Finding.At(node.Site, node.Layer.Error(DiagnosticDescriptors.NoLossFollows, null, $"{node.Layer.Name}.{parameter.Name}"));
            }
        }

        var reached = ReachedByGradients(network);
        foreach (var node in reached.Where(node => node.Layer.BlocksGradient))
        {
            foreach (var before in Network.Before(node).Where(before => !reached.Contains(before)))
            {
                if (before.Parameters.FirstOrDefault(parameter => !parameter.IsStatistic) is { } parameter)
                {
                    yield return Finding.At(node.Site, node.Layer.Error(DiagnosticDescriptors.NoGradient, null, $"{before.Layer.Name}.{parameter.Name}"));
                    break;
                }
            }
        }
    }

    /// <summary>The layers to whose results a gradient comes.</summary>
    private static IReadOnlyList<LayerNode> ReachedByGradients(Network network)
    {
        var reached = network.Losses.ToList();
        var known = new HashSet<LayerNode>(reached);
        for (var i = 0; i < reached.Count; i++)
        {
            reached.AddRange(reached[i].Layer.BlocksGradient ? [] : reached[i].Inputs.Where(known.Add));
        }

        return reached;
    }
}
