using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Concat("x")</c>: the channels or features of the current value, then those of a labelled one.</summary>
internal sealed class ConcatLayer(LayerSpec spec) : MergingLayer(spec)
{
    public override string Stem => "concat";

    protected override string Verb => "concatenate";

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types) =>
        lowering.Graph.Concat(Name, inputs, types[0].ChannelAxis);

    protected override Inference Merge(TensorType current, TensorType labelled)
    {
        if (!HaveSameRoles(current, labelled))
        {
            return Refuse(current, labelled, $"one is {current.Roles}, the other {labelled.Roles}");
        }

        if (current.ChannelAxis < 0)
        {
            return Refuse(current, labelled, "there are no channels or features");
        }

        if (current.PlaceAxes.Any(axis => current.Axes[axis].Extent != labelled.Axes[axis].Extent))
        {
            return Refuse(current, labelled, "all extents but the channels must be equal");
        }

        var sum = (long)current.Channels + labelled.Channels;
        return sum <= Limits.MaxElements
            ? current.With(current.ChannelAxis, (int)sum)
            : Refuse(current, labelled, $"{sum.ToString(CultureInfo.InvariantCulture)} channels are too many");
    }
}
