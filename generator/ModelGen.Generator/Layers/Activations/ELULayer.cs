using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>ELU(alpha)</c>: x where x &gt; 0, else alpha·(exp(x) − 1).</summary>
internal sealed class ELULayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "elu";

    protected override Scalar Body(Scalar x) => Scalar.Select(Scalar.Greater(x, 0), x, Scalar.Expm1(x) * Spec.Number("alpha", 1));
}
