using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>MaxPool1D(size)</c>, <c>MaxPool2D(size)</c>, <c>MaxPool3D(size)</c>: the largest number of every window.</summary>
internal sealed class MaxPoolLayer(LayerSpec spec, int rank) : PoolingLayer(spec, rank)
{
    public override string Stem { get; } = $"max_pool{rank}d";

    public override Value Lower(Lowering lowering, Value input, TensorType type) =>
        Window(lowering, WindowKind.Max, input, type, out _);
}
