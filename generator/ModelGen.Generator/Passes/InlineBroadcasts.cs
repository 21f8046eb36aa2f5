using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>Lets maps read a value spread over more places as it is, instead of its copies: the gradient of a sum, mostly.</summary>
/// <remarks>
/// <code>
/// %2 = map(%1 as (3, 1)) [a] (3, 5)
/// %3 = map(%2, %0) [(a * b)] (3, 5)   →   %3 = map(%1 as (3, 1), %0) [(a * b)] (3, 5)
/// </code>
/// </remarks>
internal sealed class InlineBroadcasts : Pass
{
    public override string Name => nameof(InlineBroadcasts);

    public override void Run(Graph.Graph graph)
    {
        foreach (var spread in graph.Nodes.OfType<Map>().Where(IsSpread).ToList())
        {
            foreach (var reader in graph.Readers(spread.Output).OfType<Map>().ToList())
            {
                if (reader.Inputs.Zip(reader.Views, (input, view) => !ReferenceEquals(input, spread.Output) || view.Equals(spread.Shape)).All(fits => fits)
                    && reader.Shape.Equals(spread.Shape))
                {
                    var inlined = graph.MapOfUsed(
                        reader.Layer,
                        reader.Shape,
                        reader.Body,
                        [.. reader.Inputs.Select(input => ReferenceEquals(input, spread.Output) ? spread.Inputs[0] : input)],
                        [.. reader.Inputs.Zip(reader.Views, (input, view) => ReferenceEquals(input, spread.Output) ? spread.Views[0] : view)]);
                    graph.Replace(reader, inlined);
                }
            }
        }
    }

    private static bool IsSpread(Map map) =>
        map.Body is Scalar.ReadNode && map.Inputs[0].Element == Element.Float && map.Inputs[0].Scope == map.Output.Scope && !map.Views[0].Equals(map.Shape);
}
