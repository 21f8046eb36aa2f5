using System;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>What nodes compute, as the comments of emitted code say it.</summary>
internal static class Formulas
{
    /// <summary>What a region of maps and sums computes.</summary>
    public static string Of(Region region) => string.Join("; ", region.Nodes.Select(Of));

    /// <summary>What the maps behind a product or a window compute.</summary>
    public static string Behind(Region region) => string.Concat(region.Maps.Select(map => $", then {(map.Layer == region.Anchor.Layer ? Body(map) : Of(map))}"));

    /// <summary>The places of an iteration.</summary>
    public static string Places(Shape iteration) => iteration.Rank == 0 ? "Once" : $"At each of {string.Join("×", iteration.Extents)} places";

    /// <summary>What a node computes.</summary>
    public static string Of(Node node) => node switch
    {
        Map map => $"{map.Layer}: {Body(map)}",
        Reduce => $"{node.Details} of {node.Layer}",
        _ => $"{node.Layer}: {node.Name} {node.Details}",
    };

    private static string Body(Map map)
    {
        var names = map.Inputs.Select(input => NameOf(map, input)).ToList();
        return map.Body.Print(input => names[input] is { } name && names.Count(other => other == name) == 1 ? name : Scalar.Read(input).ToString());
    }

    // What a layer hands on within itself has no name of its own.
    private static string? NameOf(Map map, Value input) => input switch
    {
        { Source: not Source.Node } => input.Name.StartsWith(map.Layer + ".", StringComparison.Ordinal) ? input.Name.Substring(map.Layer.Length + 1) : input.Name,
        { Producer: { IsGradient: true } producer } => producer.Layer == map.Layer ? null : "gradient",
        _ => input.Name == map.Layer && !map.IsGradient ? null : input.Name,
    };
}
