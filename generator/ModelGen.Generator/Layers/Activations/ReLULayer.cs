using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>ReLU</c>: max(x, 0).</summary>
internal sealed class ReLULayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "relu";

    protected override Scalar Body(Scalar x) => Scalar.Relu(x);
}
