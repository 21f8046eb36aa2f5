using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>LeakyReLU(slope)</c>: x where x &gt; 0, else slope·x.</summary>
internal sealed class LeakyReLULayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "leaky_relu";

    protected override Scalar Body(Scalar x) => Scalar.Select(Scalar.Greater(x, 0), x, x * Spec.Number("slope", 0.01f));
}
