using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Sigmoid</c>: 1/(1 + exp(−x)).</summary>
internal sealed class SigmoidLayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "sigmoid";

    public override PredictionKind Prediction => PredictionKind.Probabilities;

    protected override Scalar Body(Scalar x) => Scalar.Sigmoid(x);
}
