using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>LayerNorm</c>: weight·(x − mean)/√(variance + epsilon) + bias over all of a sample but its time.</summary>
internal sealed class LayerNormLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "layer_norm";

    public override bool Streams => true;

    private float Epsilon => Spec.Number("Epsilon", 1e-5f);

    public override Inference Infer(TensorType input) => RequirePositive("Epsilon", Epsilon) is { } error ? error : input;

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input)
    {
        var shape = input.Shape.Without(TimeAxes(input));
        return [new("weight", shape, InitialValue.Ones), new("bias", shape, InitialValue.Zeros)];
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var graph = lowering.Graph;
        var shape = input.Shape;
        var axes = Enumerable.Range(0, type.Rank).Except(TimeAxes(type)).ToArray();
        var (perStep, perElement) = (shape.WithOnes(axes), shape.WithOnes(TimeAxes(type)));
        var count = (double)perElement.Count;

        var mean = graph.Map(Name, Scalar.Read(0) * (1 / count), graph.Reduce(Name, ReduceKind.Sum, input, axes));
        var centered = graph.Map(Name, shape, Scalar.Read(0) - Scalar.Read(1), (input, shape), (mean, perStep));
        var squares = graph.Map(Name, Scalar.Read(0) * Scalar.Read(0), centered);
        var inverse = graph.Map(
            Name, Scalar.Constant(1) / Scalar.Sqrt((Scalar.Read(0) * (1 / count)) + Epsilon), graph.Reduce(Name, ReduceKind.Sum, squares, axes));
        return graph.Map(
            Name,
            shape,
            (Scalar.Read(0) * Scalar.Read(1) * Scalar.Read(2)) + Scalar.Read(3),
            (centered, shape),
            (inverse, perStep),
            (lowering.Parameter(this, "weight"), perElement),
            (lowering.Parameter(this, "bias"), perElement));
    }

    private static int[] TimeAxes(TensorType type) =>
        [.. Enumerable.Range(0, type.Rank).Where(axis => type.Axes[axis].Role == AxisRole.Time)];
}
