using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>MeanSquaredError</c>: (x − t)².</summary>
internal sealed class MeanSquaredErrorLayer(LayerSpec spec) : ElementwiseLoss(spec)
{
    public override string Stem => "mean_squared_error";

    protected override Scalar Body(Scalar x, Scalar t) => (x - t) * (x - t);
}
