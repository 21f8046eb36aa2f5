using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Writes a map that reads nothing (a constant, such as the gradient of the loss with respect to itself) into the maps that
/// read it, so that it is never stored.
/// </summary>
/// <remarks>
/// <code>
/// %1 = map() [1]
/// %2 = map(%0, %1) [(a * b)]   →   %2 = map(%0) [a]
/// </code>
/// </remarks>
internal sealed class FoldConstants : Pass
{
    public override string Name => nameof(FoldConstants);

    public override void Run(Graph.Graph graph)
    {
        var constants = new Dictionary<Value, Scalar>();
        foreach (var map in graph.Nodes.OfType<Map>().ToList())
        {
            var body = map.Body.Rewrite(part => part is Scalar.ReadNode read && constants.TryGetValue(map.Inputs[read.Input], out var constant) ? constant : null);
            if (body is Scalar.ConstantNode && map.Output.Scope == Scope.Model)
            {
                constants[map.Output] = body;
            }

            if (!body.Equals(map.Body))
            {
                var folded = graph.MapOfUsed(map.Layer, map.Shape, body, map.Inputs, map.Views);
                graph.Replace(map, folded);
                if (body is Scalar.ConstantNode && map.Output.Scope == Scope.Model)
                {
                    constants[folded] = body;
                }
            }
        }
    }
}
