using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>Computes once what two maps, sums or views compute from the same inputs.</summary>
/// <remarks>
/// <code>
/// %2 = map(%0, %1) [exp((a - b))]
/// %3 = map(%0, %1) [exp((a - b))]   →   %2 = map(%0, %1) [exp((a - b))]
/// %4 = map(%2, %3) [(a * b)]            %4 = map(%2) [(a * a)]
/// </code>
/// </remarks>
internal sealed class MergeIdenticalNodes : Pass
{
    public override string Name => nameof(MergeIdenticalNodes);

    public override void Run(Graph.Graph graph)
    {
        var kept = new List<Node>();
        foreach (var node in graph.Nodes.ToList())
        {
            if (kept.Find(other => AreSame(node, other)) is { } same)
            {
                graph.ReplaceUses(node.Output, same.Output);
                graph.Nodes.Remove(node);
            }
            else
            {
                kept.Add(node);
            }
        }
    }

    private static bool AreSame(Node a, Node b) =>
        a.Inputs.SequenceEqual(b.Inputs) && (a, b) switch
        {
            (Map x, Map y) => x.Shape.Equals(y.Shape) && x.Body.Equals(y.Body) && x.Views.SequenceEqual(y.Views),
            (Reshape x, Reshape y) => x.Output.Shape.Equals(y.Output.Shape),
            (Reduce x, Reduce y) => x.Kind == y.Kind && x.OverSamples == y.OverSamples && x.Axes.SequenceEqual(y.Axes),
            (Slice x, Slice y) => x.Axis == y.Axis && x.Start == y.Start && x.Length == y.Length,
            (Concat x, Concat y) => x.Axis == y.Axis,
            (Permute x, Permute y) => x.Axes.SequenceEqual(y.Axes),
            _ => false,
        };
}
