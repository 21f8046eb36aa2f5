using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Keeps of what a scan hands from step to step only the latest two values where nobody reads those of all steps, such as the gradients of
/// a recurrent layer's states: they stay in the nearest memory.
/// </summary>
/// <remarks>
/// <code>
/// %1 = scan, carry over time (65, 256)  →  %1 = scan, carry (2, 256)
/// </code>
/// </remarks>
internal sealed class AlternateCarries : Pass
{
    public override string Name => nameof(AlternateCarries);

    public override void Run(Graph.Graph graph)
    {
        foreach (var scan in graph.Nodes.OfType<Scan>())
        {
            foreach (var carry in scan.Carries.Where(carry => !IsRead(carry.All) && !IsRead(carry.Previous)))
            {
                scan.Alternate(carry);
            }
        }

        bool IsRead(Value value) => graph.Readers(value).Any() || graph.Results.Any(result => ReferenceEquals(result.Value, value));
    }
}
