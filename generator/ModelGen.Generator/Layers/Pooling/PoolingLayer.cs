using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>Pooling over windows of a signal (one axis of space), an image (two) or a volume (three).</summary>
internal abstract class PoolingLayer(LayerSpec spec, int rank) : Layer(spec)
{
    private AxisArgument[] Sizes => rank switch
    {
        1 => WindowRule.Sizes(this, "size"),
        2 => WindowRule.Sizes(this, "size", "height", "width"),
        _ => WindowRule.Sizes(this, "size", "depth", "height", "width"),
    };

    public override Inference Infer(TensorType input)
    {
        if (!input.IsChannelsFirst(rank))
        {
            return WrongInput(TensorType.ChannelsFirstRoles(rank), input);
        }

        return WindowRule.Infer(this, input, Sizes, isPooling: true, out var axes) is { } error
            ? error
            : TensorType.ChannelsFirst([input.Channels, .. axes.Select(axis => axis.Out)]);
    }

    /// <summary>Adds the window over channels (of one) and space.</summary>
    protected Value Window(Lowering lowering, WindowKind kind, Value input, TensorType type, out double places)
    {
        WindowRule.Infer(this, type, Sizes, isPooling: true, out var axes);
        places = axes.Aggregate(1.0, (product, axis) => product * axis.Kernel);
        return lowering.Graph.Window(Name, kind, input, [new ContractAxis(type.Channels, type.Channels, 1), .. axes]);
    }
}
