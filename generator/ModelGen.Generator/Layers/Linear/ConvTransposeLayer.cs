using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>ConvTranspose1D(filters, kernel)</c>, <c>ConvTranspose2D(…)</c>, <c>ConvTranspose3D(…)</c>: the gradient of a
/// convolution's input as a layer of its own, which enlarges. In the geometry it is seen from the other side: its result is the
/// convolution's input.
/// </summary>
internal sealed class ConvTransposeLayer(LayerSpec spec, int rank) : ConvolutionLayer(spec)
{
    public override string Stem { get; } = $"conv_transpose{rank}d";

    protected override AxisArgument[] Kernel => rank switch
    {
        1 => WindowRule.Sizes(this, "kernel"),
        2 => WindowRule.Sizes(this, "kernel", "kernelHeight", "kernelWidth"),
        _ => WindowRule.Sizes(this, "kernel", "kernelDepth", "kernelHeight", "kernelWidth"),
    };

    protected override LayerError? InferAxes(TensorType input, out ContractAxis[] axes) => WindowRule.InferTransposed(this, input, Kernel, out axes);

    protected override int ResultPlaces(ContractAxis axis) => axis.In;

    protected override Shape WeightShape(TensorType input) =>
        new([input.Channels, Filters(input.Channels) / Groups(input.Channels), .. Kernel.Select(size => size.Value)]);

    protected override int OutputChannels(TensorType input) => Filters(input.Channels);

    protected override ContractGeometry Geometry(TensorType input)
    {
        InferAxes(input, out var axes);
        var groups = Groups(input.Channels);
        return new(groups, Filters(input.Channels) / groups, input.Channels / groups, axes);
    }

    protected override Value Product(Lowering lowering, ContractGeometry geometry, Value input, Value weight) =>
        lowering.Graph.ContractTransposed(Name, geometry, input, weight);
}
