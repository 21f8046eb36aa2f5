using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Dense(units)</c>: y = W·x + b over the features, at every step of a sequence alike.</summary>
internal sealed class DenseLayer(LayerSpec spec) : LinearLayer(spec)
{
    public override string Stem => "dense";

    public override bool Streams => true;

    /// <summary>The label of the embedding whose table the weights are, or null.</summary>
    private string? Tied => Spec.Find("Tied")?.Text;

    public override IReadOnlyList<LabelReference> References => Tied is { } label ? [new("Tied", label)] : [];

    private int Units => Spec.Integer("units");

    public override Inference Infer(TensorType input)
    {
        if (RequireCount("units", Units) is { } error)
        {
            return error;
        }

        if (input.Is(AxisRole.Feature) || input.Is(AxisRole.Time, AxisRole.Feature))
        {
            return input.With(input.ChannelAxis, Units);
        }

        return input.Axes.Any(axis => axis.Role == AxisRole.Space)
            ? Error(DiagnosticDescriptors.FlattenBeforeDense, null, input.ToString(), input.Roles)
            : WrongInput("(features) or (length, features)", input);
    }

    public override Inference Infer(IReadOnlyList<TensorType> inputs)
    {
        var inference = Infer(inputs[0]);
        if (inference.Error is not null || inputs.Count == 1)
        {
            return inference;
        }

        return inputs[1].Table is { } table && table.Rows == Units && inputs[1].Channels == inputs[0].Channels ? inference : Error(
            DiagnosticDescriptors.WrongTable,
            "Tied",
            Tied!,
            inputs[1].Table is { } other ? $"the table of {other.Layer}, {Format(other.Rows)} rows of {Format(inputs[1].Channels)}" : $"no embedding, but {inputs[1]}",
            Format(Units),
            Format(inputs[0].Channels));
    }

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input) =>
        [.. base.Parameters(input).Where(parameter => Tied is null || parameter.Name != "weight")];

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types) => types.Count == 1
        ? Lower(lowering, inputs[0], types[0])
        : Lower(lowering, inputs[0], types[0], lowering.Parameter(types[1].Table!.Value.Layer + ".weight"));

    protected override Shape WeightShape(TensorType input) => new(Units, input.Channels);

    protected override ContractGeometry Geometry(TensorType input) =>
        new(1, input.Channels, Units, [.. input.PlaceAxes.Select(axis => new ContractAxis(input.Axes[axis].Extent, input.Axes[axis].Extent, 1))], ChannelsLast: input.Rank > 1);
}
