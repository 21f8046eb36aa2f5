using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>GlobalMaxPool</c>: the largest number of every channel; a window as large as the input.</summary>
internal sealed class GlobalMaxPoolLayer(LayerSpec spec) : GlobalPoolLayer(spec)
{
    public override string Stem => "global_max_pool";

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var axes = type.Axes.Select(axis => axis.Role == AxisRole.Channel
            ? new ContractAxis(axis.Extent, axis.Extent, 1)
            : new ContractAxis(axis.Extent, 1, axis.Extent, axis.Extent));
        return lowering.Graph.Reshape(Name, lowering.Graph.Window(Name, WindowKind.Max, input, [.. axes]), new Shape(type.Channels));
    }
}
