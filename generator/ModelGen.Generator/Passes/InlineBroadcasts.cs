using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Lets maps compute in place what is only made of values with fewer places, instead of reading as many copies of it: the
/// gradient of a sum, mostly, spread over what was summed.
/// </summary>
/// <remarks>
/// <code>
/// %3 = map(%1 as (3, 1), %2 as (1, 1)) [(a * b)] (3, 5)
/// %4 = map(%3, %0) [(a + b)] (3, 5)                       →   %4 = map(%1 as (3, 1), %2 as (1, 1), %0) [((a * b) + c)] (3, 5)
/// </code>
/// </remarks>
internal sealed class InlineBroadcasts : Pass
{
    public override string Name => nameof(InlineBroadcasts);

    public override void Run(Graph.Graph graph)
    {
        // By position: a map that has taken in another stands in the place of the one before, and may be spread as well.
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i] is not Map spread || !IsSpread(spread))
            {
                continue;
            }

            foreach (var reader in graph.Readers(spread.Output).Where(reader => MapBuilder.CanInline(reader, spread)).Cast<Map>().ToList())
            {
                graph.Replace(reader, graph.Inline(reader, spread));
            }
        }
    }

    private static bool IsSpread(Map map) =>
        map.Body.IsCheap && map.Inputs.Count > 0 && map.Inputs.All(input => input.Element == Element.Float) && !map.Views.Contains(map.Shape);
}
