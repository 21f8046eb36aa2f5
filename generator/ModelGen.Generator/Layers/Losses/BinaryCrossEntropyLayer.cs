using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>BinaryCrossEntropy</c>: −t·log σ(x) − (1 − t)·log(1 − σ(x)) = softplus(x) − t·x.</summary>
internal sealed class BinaryCrossEntropyLayer(LayerSpec spec) : ElementwiseLoss(spec)
{
    public override string Stem => "binary_cross_entropy";

    public override PredictionKind Prediction => PredictionKind.Probabilities;

    public override LayerError? Review(Layer previous) =>
        previous is SigmoidLayer ? previous.Error(DiagnosticDescriptors.SigmoidBeforeLoss, null, Name) : null;

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Map(Name, Scalar.Sigmoid(Scalar.Read(0)), input);

    protected override Scalar Body(Scalar x, Scalar t) => Expressions.Softplus(x) - (t * x);
}
