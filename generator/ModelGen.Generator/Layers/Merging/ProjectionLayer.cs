using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>The projection of a shortcut: a convolution of one tap, without bias, at the strides that lead to a shape.</summary>
/// <remarks>He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, option B.</remarks>
internal sealed class ProjectionLayer(LayerSpec spec, TensorType target) : LinearLayer(new LayerSpec(spec.Attribute, new EquatableArray<ArgumentSpec>([new("UseBias", new ArgumentValue(Truth: false))])))
{
    public override string Stem => "projection";

    /// <summary>The stride at which one place of several is taken so that as many come out, or null.</summary>
    public static int? Stride(int from, int to)
    {
        // The smallest: ceil(from / stride) = to.
        var stride = ((from - 1) / to) + 1;
        return to <= from && (from + stride - 1) / stride == to ? stride : null;
    }

    public override Inference Infer(TensorType input) => target;

    protected override Shape WeightShape(TensorType input) =>
        new([target.Channels, input.Channels, .. IsDense(input) ? [] : input.PlaceAxes.Select(_ => 1)]);

    protected override ContractGeometry Geometry(TensorType input) => new(
        1,
        input.Channels,
        target.Channels,
        [.. input.PlaceAxes.Select(axis => new ContractAxis(input.Axes[axis].Extent, target.Axes[axis].Extent, 1, Stride(input.Axes[axis].Extent, target.Axes[axis].Extent) ?? 1))],
        ChannelsLast: input.ChannelAxis > 0);

    private static bool IsDense(TensorType input) => input.Axes.All(axis => axis.Role is AxisRole.Feature or AxisRole.Time);
}
