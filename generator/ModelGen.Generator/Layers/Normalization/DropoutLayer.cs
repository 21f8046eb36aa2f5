using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Dropout(rate)</c>: in training zero with probability rate, else x/(1 − rate); x otherwise.</summary>
internal sealed class DropoutLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "dropout";

    public override bool Streams => true;

    private float Rate => Spec.Number("rate", 0);

    public override Inference Infer(TensorType input) => RequireRate("rate", Rate) is { } error ? error : input;

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        if (lowering.Mode != Mode.Train || Rate == 0)
        {
            return input;
        }

        var isKept = Scalar.GreaterOrEqual(Scalar.Uniform(lowering.NewRandomStream(), type.Rank), Rate);
        return lowering.Graph.Map(Name, Scalar.Select(isKept, Scalar.Read(0) * (1 / (1 - (double)Rate)), 0), input);
    }
}
