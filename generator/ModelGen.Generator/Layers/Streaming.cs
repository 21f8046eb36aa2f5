using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Layers;

/// <summary>How a network runs one step of time after another.</summary>
/// <param name="Steps">The steps of a whole sequence.</param>
/// <param name="RunsWhole">Whether a whole sequence is its steps and nothing more: not where some of them are beyond the sample's length.</param>
/// <param name="IsPerStep">For each output, whether every step has one; else it shows what the steps so far amount to.</param>
internal sealed record Streaming(int Steps, bool RunsWhole, IReadOnlyList<bool> IsPerStep)
{
    /// <summary>
    /// The way a network streams, or null where it does not: every output depends on the steps up to its own only, through
    /// layers that can run on one step; what has lost its time, such as a last state, never goes back into a sequence.
    /// </summary>
    public static Streaming? Of(Network network)
    {
        var lengths = network.Inputs.Select(node => node.Type.HasTime ? node.Type.Axes[0].Extent : 0).Distinct().ToList();
        return lengths.Count == 1 && lengths[0] > 0 && network.Nodes.Where(node => node.Layer is not InputLayer).All(Suits)
            ? new Streaming(lengths[0], !network.HasLengths, [.. network.Outputs.Select(output => output.Type.HasTime)])
            : null;
    }

    private static bool Suits(LayerNode node) => node.InputTypes.All(type => type.HasTime)
        ? node.Layer.Streams
        : !node.Type.HasTime && !node.InputTypes.Any(type => type.HasTime);
}
