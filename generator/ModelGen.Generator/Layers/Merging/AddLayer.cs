using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>Add("x")</c>: the sum of the current value and a labelled one; with <c>Project</c>, where their shapes differ, of the
/// labelled one's projection: He et al.'s option B, a 1×1 convolution at the stride that fits, and batch normalisation.
/// </summary>
internal sealed class AddLayer(LayerSpec spec) : MergingLayer(spec)
{
    public override string Stem => "add";

    protected override string Verb => "add";

    private bool Project => Spec.Truth("Project", false);

    public override IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorType> inputs) => inputs[0].Equals(inputs[1])
        ? []
        : [.. Projection(inputs[0]).Parameters(inputs[1]).Select(Prefix("projection")), .. Normalization().Parameters(inputs[0]).Select(Prefix("batch_norm"))];

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types)
    {
        var shortcut = inputs[1];
        if (!types[0].Equals(types[1]))
        {
            shortcut = Projection(types[0]).Lower(lowering, shortcut, types[1]);
            shortcut = Normalization().Lower(lowering, shortcut, types[0]);
        }

        return lowering.Graph.Map(Name, Scalar.Read(0) + Scalar.Read(1), inputs[0], shortcut);
    }

    protected override Inference Merge(TensorType current, TensorType labelled)
    {
        if (current.Equals(labelled))
        {
            return current;
        }

        if (!Project)
        {
            return Refuse(current, labelled, "the shapes must be equal; Project = true would project one onto the other");
        }

        return HaveSameRoles(current, labelled) && current.PlaceAxes.All(axis => ProjectionLayer.Stride(labelled.Axes[axis].Extent, current.Axes[axis].Extent) is not null)
            && current.Axes.Where(axis => axis.Role == AxisRole.Time).SequenceEqual(labelled.Axes.Where(axis => axis.Role == AxisRole.Time))
            ? current
            : Refuse(current, labelled, "no stride of a projection leads from the second to the first");
    }

    private ProjectionLayer Projection(TensorType target) => new(Spec, target) { Name = Name + ".projection" };

    private BatchNormLayer Normalization() => new(new LayerSpec("BatchNorm", EquatableArray<ArgumentSpec>.Empty)) { Name = Name + ".batch_norm" };

    private static System.Func<ParameterSpec, ParameterSpec> Prefix(string part) => parameter => parameter with { Name = $"{part}.{parameter.Name}" };
}
