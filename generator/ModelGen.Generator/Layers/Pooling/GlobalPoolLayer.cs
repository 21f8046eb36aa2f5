using System.Linq;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>One number for each channel, over all of its places.</summary>
internal abstract class GlobalPoolLayer(LayerSpec spec) : Layer(spec)
{
    public override Inference Infer(TensorType input) =>
        input.ChannelAxis >= 0 && input.Axes.All(axis => axis.Role is AxisRole.Channel or AxisRole.Space)
            ? TensorType.Features(input.Channels)
            : WrongInput("(channels, places…)", input);
}
