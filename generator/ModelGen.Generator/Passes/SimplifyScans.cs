using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>Keeps of each step only what somebody reads, and everything once.</summary>
/// <remarks>
/// <code>
/// %4, %5, %6 = scan(%0) { keeps %1, %1, %2 }
/// %7 = map(%4, %5) [(a + b)]                   →   %4 = scan(%0) { keeps %1 }
///                                                  %7 = map(%4) [(a + a)]
/// </code>
/// </remarks>
internal sealed class SimplifyScans : Pass
{
    public override string Name => nameof(SimplifyScans);

    public override void Run(Graph.Graph graph)
    {
        // From the last: a reversed scan that reads less lets the forward one keep less.
        foreach (var scan in graph.Nodes.OfType<Scan>().Reverse().ToList())
        {
            foreach (var stack in scan.Stacks.ToList())
            {
                if (Same(scan, stack) is { } same)
                {
                    graph.ReplaceUses(stack.Outer, same);
                }

                if (!graph.Readers(stack.Outer).Any() && !graph.Results.Any(result => ReferenceEquals(result.Value, stack.Outer)))
                {
                    scan.Remove(stack);
                }
            }

            new RemoveDeadNodes().Run(scan.Body);
            scan.Refresh();
        }
    }

    /// <summary>What holds the same numbers already, or null.</summary>
    private static Graph.Value? Same(Scan scan, ScanStack stack)
    {
        var value = stack.Inner.Value;
        return scan.Carries.FirstOrDefault(carry => ReferenceEquals(carry.Next.Value, value))?.All
            ?? (value.Source == Graph.Source.Step ? scan.Sequences[value.Index] : null)
            ?? (value.Source == Graph.Source.Carry ? scan.Carries[value.Index].Previous : null)
            ?? scan.Stacks.TakeWhile(other => !ReferenceEquals(other, stack)).FirstOrDefault(other => ReferenceEquals(other.Inner.Value, value))?.Outer;
    }
}
