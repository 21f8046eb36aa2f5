using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Makes a concatenation of a sum of parts that cover a value without overlap, as the gradients of the slices of one value
/// are: nothing is cleared, added or copied then.
/// </summary>
/// <remarks>
/// <code>
/// %2 = unslice(%0) [0 to 1 of axis0]
/// %3 = unslice(%1) [2 to 3 of axis0]   →   %4 = concat(%0, %1) [along axis0]
/// %4 = map(%2, %3) [(a + b)]
/// </code>
/// </remarks>
internal sealed class JoinUnslices : Pass
{
    public override string Name => nameof(JoinUnslices);

    public override void Run(Graph.Graph graph)
    {
        // From the last, so that a sum is seen before the sums it is made of.
        foreach (var sum in graph.Nodes.OfType<Map>().Where(IsSum).Reverse().ToList())
        {
            if (graph.Nodes.Contains(sum) && Parts(graph, sum) is { } parts)
            {
                var joined = graph.Concat(sum.Layer, [.. parts.Select(part => part.Inputs[0])], parts[0].Axis);
                graph.Replace(sum, joined);
                new RemoveDeadNodes().Run(graph);
            }
        }
    }

    private static bool IsSum(Map map) =>
        map.Body is Scalar.CombineNode { Operator: Operator.Add, Left: Scalar.ReadNode, Right: Scalar.ReadNode }
        && map.Inputs.Count == 2
        && map.Views.All(view => view.Equals(map.Shape));

    /// <summary>The parts that a sum is made of, in the order of their places; null where they do not tile the value.</summary>
    private static IReadOnlyList<Unslice>? Parts(Graph.Graph graph, Map sum)
    {
        var parts = new List<Unslice>();
        if (!Collect(sum))
        {
            return null;
        }

        var axis = parts[0].Axis;
        var sorted = parts.OrderBy(part => part.Start).ToList();
        var next = 0;
        foreach (var part in sorted)
        {
            if (part.Axis != axis || part.Start != next)
            {
                return null;
            }

            next += part.Inputs[0].Shape[axis];
        }

        return next == sum.Shape[axis] ? sorted : null;

        bool Collect(Map map) => map.Inputs.All(input =>
        {
            if (input.Producer is Unslice part)
            {
                parts.Add(part);
                return true;
            }

            return input.Producer is Map inner && IsSum(inner) && graph.Readers(input).Count() == 1 && Collect(inner);
        });
    }
}
