using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>Multiply("x")</c>: the product of the current value and a labelled one, element by element; one number a channel scales
/// all places of the channel, an axis of one repeats.
/// </summary>
internal sealed class MultiplyLayer(LayerSpec spec) : MergingLayer(spec)
{
    public override string Stem => "multiply";

    protected override string Verb => "multiply";

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types)
    {
        var target = Merge(types[0], types[1]).Type!;
        return lowering.Graph.Map(
            Name, target.Shape, Scalar.Read(0) * Scalar.Read(1), (inputs[0], View(types[0], target)), (inputs[1], View(types[1], target)));
    }

    protected override Inference Merge(TensorType current, TensorType labelled)
    {
        if (HaveSameRoles(current, labelled) && current.Axes.Zip(labelled.Axes, (a, b) => a.Extent == b.Extent || a.Extent == 1 || b.Extent == 1).All(fits => fits))
        {
            return current with { Axes = current.Axes.Zip(labelled.Axes, (a, b) => a with { Extent = Math.Max(a.Extent, b.Extent) }).ToEquatableArray() };
        }

        return IsScale(labelled, current) ? current
            : IsScale(current, labelled) ? labelled
            : Refuse(current, labelled, "the shapes must be equal, or one of them one number for each channel");
    }

    private static bool IsScale(TensorType scale, TensorType target) =>
        scale.Is(AxisRole.Feature) && target.ChannelAxis >= 0 && target.Channels == scale.Channels;

    private static Shape View(TensorType type, TensorType target) => type.Rank == target.Rank ? type.Shape : target.ChannelView;
}
