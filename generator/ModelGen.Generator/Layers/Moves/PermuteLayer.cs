using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Permute(axes…)</c>: the axes in another order.</summary>
internal sealed class PermuteLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "permute";

    private EquatableArray<int> Axes => Spec.Find("axes")?.Integers ?? EquatableArray<int>.Empty;

    public override Inference Infer(TensorType input)
    {
        var all = Enumerable.Range(0, input.Rank).ToArray();
        if (!Axes.OrderBy(axis => axis).SequenceEqual(all))
        {
            return Error(
                DiagnosticDescriptors.NotAPermutation, "axes", $"({string.Join(", ", Axes)})", $"({string.Join(", ", all)})", input.ToString());
        }

        // A matrix changes its meaning with its order: features of each step, or steps of each channel.
        var isSwapped = input.Rank == 2 && Axes[0] == 1;
        return isSwapped && input.Is(AxisRole.Time, AxisRole.Feature) ? TensorType.ChannelsFirst([input.Axes[1].Extent, input.Axes[0].Extent])
            : isSwapped && input.Is(AxisRole.Channel, AxisRole.Space) ? TensorType.Sequence(input.Axes[1].Extent, input.Axes[0].Extent)
            : input with { Axes = Axes.Select(axis => input.Axes[axis]).ToEquatableArray() };
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Permute(Name, input, [.. Axes]);
}
