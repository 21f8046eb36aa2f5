using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Huber(delta)</c>: d²/2 where |d| ≤ delta, else delta·(|d| − delta/2), with d = x − t.</summary>
internal sealed class HuberLayer(LayerSpec spec) : ElementwiseLoss(spec)
{
    public override string Stem => "huber";

    private float Delta => Spec.Number("delta", 1);

    protected override LayerError? Check(TensorType input) => RequirePositive("delta", Delta);

    protected override Scalar Body(Scalar x, Scalar t)
    {
        var distance = Scalar.Abs(x - t);
        return Scalar.Select(
            Scalar.GreaterOrEqual(Delta, distance), (x - t) * (x - t) * 0.5, (distance - (0.5 * Delta)) * Delta);
    }
}
