using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Groups nodes into regions that run as one loop, so that what lies between them stays in registers: a bias and an
/// activation join the contraction before them, maps join each other, a sum joins the map that feeds it.
/// </summary>
/// <remarks>
/// <code>
/// %3 = contract(%0, %1) [output 5x5 1->6]      { %3 = contract(%0, %1) [output 5x5 1->6]
/// %4 = map(%3, %2) [(a + b)]               →     %4 = map(%3, %2) [(a + b)]
/// %5 = map(%4) [tanh(a)]                         %5 = map(%4) [tanh(a)] }
/// </code>
/// A node joins the last region that makes one of its inputs, or a later one that reads the same; everything else it reads
/// comes from regions before, so the regions can always run in the order they were made in.
/// </remarks>
internal static class Fuse
{
    public static List<Region> Run(Graph.Graph graph)
    {
        var phases = AssignPhases(graph);
        var regions = new List<Region>();
        var regionOf = new Dictionary<Node, Region>();
        foreach (var node in graph.Nodes.Where(node => !Storage.IsView(node)).OrderBy(node => phases[node]))
        {
            var last = node.Inputs
                .SelectMany(Storage.Writers)
                .Where(regionOf.ContainsKey)
                .Select(writer => regions.IndexOf(regionOf[writer]))
                .DefaultIfEmpty(-1)
                .Max();
            var region = last < 0 ? null : regions
                .Skip(last)
                .FirstOrDefault(region => region.Phase == phases[node] && Accepts(graph, region, node) && (regions[last] == region || (ReadsSame(region, node) && LetsSumsFollow(graph, region, node))));
            if (region is not null)
            {
                region.Nodes.Add(node);
            }
            else
            {
                region = new Region(node, IterationShape(node), phases[node]);
                regions.Add(region);
            }

            regionOf[node] = region;
        }

        return regions;
    }

    /// <summary>
    /// The pass over the batch in which each node runs: what needs a value per model that is a sum over samples must wait
    /// until all blocks have added to it.
    /// </summary>
    internal static Dictionary<Node, int> AssignPhases(Graph.Graph graph)
    {
        var phases = new Dictionary<Node, int>();
        foreach (var node in graph.Nodes)
        {
            var perSample = node.Output.Scope == Scope.Sample || node.Inputs.Any(input => input.Scope == Scope.Sample);
            phases[node] = node.Inputs
                .Where(input => input.Producer is not null && phases.ContainsKey(input.Producer))
                .Select(input => phases[input.Producer!] + (perSample && input.Scope == Scope.Model && DependsOnSamples(input) ? 1 : 0))
                .DefaultIfEmpty(0)
                .Max();
        }

        return phases;
    }

    private static bool DependsOnSamples(Value value) =>
        value.Scope == Scope.Sample || (value.Producer is { } producer && producer.Inputs.Any(DependsOnSamples));

    /// <summary>Whether a node reads what the maps and sums of a region beside it read, so that one loop loads it once.</summary>
    private static bool ReadsSame(Region region, Node node) =>
        region.Anchor is Map or Reduce && node is Map or Reduce && node.Inputs.Select(Storage.Root).Any(root => root.Scope == Scope.Sample && region.Inputs.Select(Storage.Root).Contains(root));

    /// <summary>Whether the sums that read a node can join the region after it, so that what they sum need not be stored.</summary>
    private static bool LetsSumsFollow(Graph.Graph graph, Region region, Node node) => graph.Readers(node.Output).OfType<Reduce>().All(sum =>
        region.Nodes.OfType<Reduce>().All(other => other.OverSamples == sum.OverSamples && other.Axes.SequenceEqual(sum.Axes)));

    internal static Shape IterationShape(Node node) => node is Reduce reduce ? reduce.Inputs[0].Shape : node.Output.Shape;

    private static bool Accepts(Graph.Graph graph, Region region, Node node)
    {
        if (region.IsPerModel || !node.Inputs.Any(input => input.Scope == Scope.Sample))
        {
            return false;
        }

        return node switch
        {
            Map map => map.Output.Scope == Scope.Sample
                && map.Shape.Equals(region.Iteration)
                && (region.Anchor is Map or Reduce { Kind: ReduceKind.Sum } || (region.Anchor is Contract { Role: not ContractRole.Weight } or Window && SuitsEpilogue(map) && !IsOnlySummed(graph, map.Output)))
                && map.Inputs.Zip(map.Views, (input, view) => (input, view)).All(read => IsReadInPlace(region, read.input, read.view)),
            Reduce { Kind: ReduceKind.Sum } reduce => region.Anchor is Map or Reduce { Kind: ReduceKind.Sum }
                && reduce.Inputs[0].Shape.Equals(region.Iteration)
                && IsReadInPlace(region, reduce.Inputs[0], region.Iteration)
                && region.Nodes.OfType<Reduce>().All(other => other.OverSamples == reduce.OverSamples && other.Axes.SequenceEqual(reduce.Axes)),
            _ => false,
        };
    }

    /// <summary>
    /// Whether a map may be the epilogue of a tile: it is the same at every place, and needs no constants of its own, which
    /// the JIT would keep in registers through the tile's loop and spill its sums for.
    /// </summary>
    private static bool SuitsEpilogue(Map map) => !map.Body.Parts().Any(part =>
        part is Scalar.CoordinateNode or Scalar.UniformNode
            or Scalar.ApplyNode { Function: not (Function.Negate or Function.Abs or Function.Relu or Function.Sqrt) });

    /// <summary>Whether nothing but sums is made of a value: then it need not be stored where the loop that sums it up computes it too.</summary>
    private static bool IsOnlySummed(Graph.Graph graph, Value value) =>
        !graph.Results.Any(result => ReferenceEquals(result.Value, value))
        && graph.Readers(value).All(reader => reader is Reduce { Kind: ReduceKind.Sum } || (reader is Map map && IsOnlySummed(graph, map.Output)));

    /// <summary>Whether a value is none of the region's, or one that is finished at the place where it is read.</summary>
    private static bool IsReadInPlace(Region region, Value input, Shape view) =>
        !Storage.Writers(input).Any(region.Nodes.Contains)
        || (region.Makes(input) && input.Producer is not Reduce && view.Equals(region.Iteration) && input.Element == Element.Float);
}
