using System;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>GELU</c>: x·Φ(x), exact.</summary>
internal sealed class GELULayer(LayerSpec spec) : ElementwiseLayer(spec)
{
    public override string Stem => "gelu";

    protected override Scalar Body(Scalar x) => x * 0.5 * (Scalar.Erf(x * Math.Sqrt(0.5)) + 1);
}
