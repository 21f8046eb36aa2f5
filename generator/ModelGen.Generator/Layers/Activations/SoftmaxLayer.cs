using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Softmax</c>: exp(x − log Σ exp x) over the channels or features.</summary>
internal sealed class SoftmaxLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "softmax";

    public override bool Streams => true;

    public override PredictionKind Prediction => PredictionKind.ClassProbabilities;

    public override Inference Infer(TensorType input) => input.ChannelAxis >= 0 ? input : WrongInput("channels or features", input);

    public override Value Lower(Lowering lowering, Value input, TensorType type) => Softmax(lowering, Name, input, type);

    /// <summary>Adds the probabilities of scores, for this layer and for what a loss shows as its prediction.</summary>
    public static Value Softmax(Lowering lowering, string layer, Value input, TensorType type)
    {
        var sum = lowering.Graph.Reduce(layer, ReduceKind.LogSumExp, input, [type.ChannelAxis]);
        return lowering.Graph.Map(
            layer, input.Shape, Scalar.Exp(Scalar.Read(0) - Scalar.Read(1)), (input, input.Shape), (sum, input.Shape.WithOnes([type.ChannelAxis])));
    }
}
