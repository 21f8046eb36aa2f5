using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Tanh</c>: the hyperbolic tangent.</summary>
internal sealed class TanhLayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "tanh";

    protected override Scalar Body(Scalar x) => Scalar.Tanh(x);
}
