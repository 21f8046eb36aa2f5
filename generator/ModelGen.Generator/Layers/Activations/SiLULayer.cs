using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>SiLU</c>: x·σ(x).</summary>
internal sealed class SiLULayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "silu";

    protected override Scalar Body(Scalar x) => x * Scalar.Sigmoid(x);
}
