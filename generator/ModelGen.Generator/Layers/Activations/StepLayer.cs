using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Step</c>: 1 where x &gt; 0, else 0.</summary>
internal sealed class StepLayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "step";

    public override bool BlocksGradient => true;

    protected override Scalar Body(Scalar x) => Scalar.Greater(x, 0);
}
