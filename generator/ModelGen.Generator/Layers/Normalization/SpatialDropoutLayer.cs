using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>SpatialDropout(rate)</c>: in training a whole channel zero with probability rate, else x/(1 − rate); x otherwise.</summary>
internal sealed class SpatialDropoutLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "spatial_dropout";

    private float Rate => Spec.Number("rate", 0);

    public override Inference Infer(TensorType input)
    {
        if (input.Rank < 2 || !input.IsChannelsFirst(input.Rank - 1))
        {
            return WrongInput("(channels, places…)", input);
        }

        return RequireRate("rate", Rate) is { } error ? error : input;
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        if (lowering.Mode != Mode.Train || Rate == 0)
        {
            return input;
        }

        // One number for the first axis, the channels, whatever the places.
        var isKept = Scalar.GreaterOrEqual(Scalar.Uniform(lowering.NewRandomStream(), axes: 1), Rate);
        return lowering.Graph.Map(Name, Scalar.Select(isKept, Scalar.Read(0) * (1 / (1 - (double)Rate)), 0), input);
    }
}
