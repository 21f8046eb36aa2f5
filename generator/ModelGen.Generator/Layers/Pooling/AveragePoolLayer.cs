using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>AveragePool1D(size)</c>, <c>AveragePool2D(size)</c>, <c>AveragePool3D(size)</c>: the mean of every window, padding counted.</summary>
internal sealed class AveragePoolLayer(LayerSpec spec, int rank) : PoolingLayer(spec, rank)
{
    public override string Stem { get; } = $"average_pool{rank}d";

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var sum = Window(lowering, WindowKind.Sum, input, type, out var places);
        return lowering.Graph.Map(Name, Scalar.Read(0) * (1.0 / places), sum);
    }
}
