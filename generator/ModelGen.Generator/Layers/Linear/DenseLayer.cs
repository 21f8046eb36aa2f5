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

    protected override Shape WeightShape(TensorType input) => new(Units, input.Channels);

    protected override ContractGeometry Geometry(TensorType input) =>
        new(1, input.Channels, Units, [.. input.PlaceAxes.Select(axis => new ContractAxis(input.Axes[axis].Extent, input.Axes[axis].Extent, 1))], ChannelsLast: input.Rank > 1);
}
