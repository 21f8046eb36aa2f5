using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>LogSoftmax</c>: x − log Σ exp x over the channels or features.</summary>
internal sealed class LogSoftmaxLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "log_softmax";

    public override bool Streams => true;

    public override Inference Infer(TensorType input) => input.ChannelAxis >= 0 ? input : WrongInput("channels or features", input);

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var sum = lowering.Graph.Reduce(Name, ReduceKind.LogSumExp, input, [type.ChannelAxis]);
        return lowering.Graph.Map(
            Name, input.Shape, Scalar.Read(0) - Scalar.Read(1), (input, input.Shape), (sum, input.Shape.WithOnes([type.ChannelAxis])));
    }
}
