using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Softplus</c>: log(1 + exp(x)).</summary>
internal sealed class SoftplusLayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "softplus";

    protected override Scalar Body(Scalar x) => Expressions.Softplus(x);
}
