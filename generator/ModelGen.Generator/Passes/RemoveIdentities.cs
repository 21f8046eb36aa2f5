using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>Drops maps that only hand a value on, such as the gradient of a sum with respect to one of its terms.</summary>
/// <remarks>
/// <code>
/// %2 = map(%1) [a]
/// %3 = map(%2) [tanh(a)]   →   %3 = map(%1) [tanh(a)]
/// </code>
/// </remarks>
internal sealed class RemoveIdentities : Pass
{
    public override string Name => nameof(RemoveIdentities);

    public override void Run(Graph.Graph graph)
    {
        foreach (var map in graph.Nodes.OfType<Map>().Where(map => map.Body is Scalar.ReadNode).ToList())
        {
            if (map.Inputs[0] is { Element: Element.Float } input && input.Shape.Equals(map.Shape) && map.Views[0].Equals(map.Shape) && input.Scope == map.Output.Scope)
            {
                graph.ReplaceUses(map.Output, input);
                graph.Nodes.Remove(map);
            }
        }
    }
}
