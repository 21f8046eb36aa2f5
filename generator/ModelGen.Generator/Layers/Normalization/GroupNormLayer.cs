using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>GroupNorm(groups)</c>: weight·(x − mean)/√(variance + epsilon) + bias over the channels of a group and their places.</summary>
internal sealed class GroupNormLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "group_norm";

    private int Groups => Spec.Integer("groups");

    private float Epsilon => Spec.Number("Epsilon", 1e-5f);

    public override Inference Infer(TensorType input)
    {
        if (!input.Is(AxisRole.Feature) && !input.IsChannelsFirst(input.Rank - 1))
        {
            return WrongInput("(channels, places…) or (features)", input);
        }

        if ((RequireCount("groups", Groups) ?? RequirePositive("Epsilon", Epsilon)) is { } error)
        {
            return error;
        }

        return input.Channels % Groups == 0 ? input : Error(
            DiagnosticDescriptors.GroupsDoNotDivide,
            "groups",
            Format(Groups),
            Format(input.Channels),
            "channels of its input",
            string.Join(", ", Enumerable.Range(1, System.Math.Min(input.Channels, 4096)).Where(divisor => input.Channels % divisor == 0)));
    }

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input)
    {
        var shape = new Shape(input.Channels);
        return [new("weight", shape, InitialValue.Ones), new("bias", shape, InitialValue.Zeros)];
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        // Seen as (groups, channels of one, places…), everything but the groups is summed over.
        var graph = lowering.Graph;
        var shape = new Shape([Groups, type.Channels / Groups, .. input.Shape.Extents.Skip(1)]);
        var axes = Enumerable.Range(1, shape.Rank - 1).ToArray();
        var (perGroup, perChannel) = (shape.WithOnes(axes), shape.WithOnes([.. axes.Skip(1)]));
        var count = (double)shape.Count / Groups;
        var grouped = graph.Reshape(Name, input, shape);

        var mean = graph.Map(Name, Scalar.Read(0) * (1 / count), graph.Reduce(Name, ReduceKind.Sum, grouped, axes));
        var centered = graph.Map(Name, shape, Scalar.Read(0) - Scalar.Read(1), (grouped, shape), (mean, perGroup));
        var squares = graph.Map(Name, Scalar.Read(0) * Scalar.Read(0), centered);
        var inverse = graph.Map(
            Name, Scalar.Constant(1) / Scalar.Sqrt((Scalar.Read(0) * (1 / count)) + Epsilon), graph.Reduce(Name, ReduceKind.Sum, squares, axes));
        var normalised = graph.Map(
            Name,
            shape,
            (Scalar.Read(0) * Scalar.Read(1) * Scalar.Read(2)) + Scalar.Read(3),
            (centered, shape),
            (inverse, perGroup),
            (lowering.Parameter(this, "weight"), perChannel),
            (lowering.Parameter(this, "bias"), perChannel));
        return graph.Reshape(Name, normalised, input.Shape);
    }
}
