using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>MeanAbsoluteError</c>: |x − t|.</summary>
internal sealed class MeanAbsoluteErrorLayer(LayerSpec spec) : ElementwiseLoss(spec)
{
    public override string Stem => "mean_absolute_error";

    protected override Scalar Body(Scalar x, Scalar t) => Scalar.Abs(x - t);
}
