using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>GlobalAveragePool</c>: the mean of every channel.</summary>
internal sealed class GlobalAveragePoolLayer(LayerSpec spec) : GlobalPoolLayer(spec)
{
    public override string Stem => "global_average_pool";

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var sum = lowering.Graph.Reduce(Name, ReduceKind.Sum, input, type.PlaceAxes);
        return lowering.Graph.Map(Name, Scalar.Read(0) * (1.0 / (type.Shape.Count / type.Channels)), sum);
    }
}
