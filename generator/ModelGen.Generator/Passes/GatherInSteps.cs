using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Takes the rows of a table in the step of a scan that reads them, rather than those of all steps before it: they are used
/// while they are in the nearest memory.
/// </summary>
/// <remarks>
/// <code>
/// %2 = gather(%0, %1)                        scan over %1 { %2 = gather(%0, step of %1)
/// scan over %2 { %3 = map(step of %2) }  →                  %3 = map(%2) }
/// </code>
/// </remarks>
internal sealed class GatherInSteps : Pass
{
    public override string Name => nameof(GatherInSteps);

    public override void Run(Graph.Graph graph)
    {
        foreach (var gather in graph.Nodes.OfType<Gather>().ToList())
        {
            if (gather.Inputs[1].Shape.Rank == 1
                && graph.OnlyReader(gather.Output) is Scan scan
                && scan.Sequences.Contains(gather.Output)
                && !scan.Body.Nodes.Any(node => node.Inputs.Contains(gather.Output))
                && scan.Carries.All(carry => !ReferenceEquals(carry.Initial, gather.Output)))
            {
                scan.ComputeSequence(gather.Output, gather.Inputs[1], index => scan.Body.Gather(gather.Layer, gather.Inputs[0], index));
                graph.Nodes.Remove(gather);
            }
        }
    }
}
