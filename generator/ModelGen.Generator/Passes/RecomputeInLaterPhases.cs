using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Lets maps of a later pass over the batch compute a few sums and products again rather than read them from memory, where
/// then only what they are made of is kept: what batch normalisation has centered, mostly.
/// </summary>
/// <remarks>
/// <code>
/// %3 = map(%0, %1) [(a - b)]             %3 = map(%0, %1) [(a - b)]
/// %5 = reduce(%3) [sum over samples]     %5 = reduce(%3) [sum over samples]
/// %6 = map(%3, %5) [(a * b)]         →   %6 = map(%0, %1, %5) [((a - b) * c)]
/// </code>
/// Only where nothing else keeps the result in memory, and where it is made of one value as large as itself, so that not more
/// is kept than before.
/// </remarks>
internal sealed class RecomputeInLaterPhases : Pass
{
    public override string Name => nameof(RecomputeInLaterPhases);

    public override void Run(Graph.Graph graph)
    {
        // By position: a map that has taken in another stands in the place of the one before.
        var phases = Fuse.AssignPhases(graph);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i] is not Map map || !IsRemade(map) || graph.Results.Any(result => ReferenceEquals(result.Value, map.Output)))
            {
                continue;
            }

            var later = graph.Readers(map.Output).Where(reader => phases[reader] > phases[map]).ToList();
            if (!later.All(reader => MapBuilder.CanInline(reader, map)))
            {
                continue;
            }

            foreach (var reader in later.Cast<Map>())
            {
                var inlined = graph.Inline(reader, map);
                graph.Replace(reader, inlined);
                phases[inlined.Producer!] = phases[reader];
            }
        }
    }

    private static bool IsRemade(Map map)
    {
        var perSample = map.Inputs.Zip(map.Views, (input, view) => (input, view)).Where(read => read.input.Scope == Scope.Sample).ToList();
        return map.Body.IsCheap && perSample.Count == 1 && perSample[0].view.Equals(map.Shape) && perSample[0].input.Element == Element.Float;
    }
}
