using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Passes;

/// <summary>Drops every node from which no result can be reached.</summary>
/// <remarks>
/// <code>
/// %2 = map(%1) [exp(a)]
/// %3 = map(%1) [tanh(a)]       →   %3 = map(%1) [tanh(a)]
/// prediction 0 = %3                prediction 0 = %3
/// </code>
/// </remarks>
internal sealed class RemoveDeadNodes : Pass
{
    public override string Name => nameof(RemoveDeadNodes);

    public override void Run(Graph.Graph graph)
    {
        var live = new HashSet<Value>(graph.Results.Select(result => result.Value));
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (!node.Outputs.Any(live.Contains))
            {
                graph.Nodes.RemoveAt(i);
                continue;
            }

            foreach (var input in node.Inputs)
            {
                live.Add(input);
            }
        }
    }
}
