using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Last</c>: the last valid step of a sequence.</summary>
internal sealed class LastLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "last";

    public override bool TakesCountedStepsOnly => true;

    public override bool Streams => true;

    public override Inference Infer(TensorType input) =>
        input.Is(AxisRole.Time, AxisRole.Feature) ? TensorType.Features(input.Channels) : WrongInput("(length, features)", input);

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        if (lowering.Mode == Mode.Stream)
        {
            return input;
        }

        var graph = lowering.Graph;
        if (lowering.Lengths(type) is { } lengths)
        {
            var isLast = Scalar.Equal(Scalar.Coordinate(0), Scalar.Read(1) - 1);
            return graph.Reduce(Name, ReduceKind.Sum, graph.Map(
                Name, input.Shape, Scalar.Select(isLast, Scalar.Read(0), 0), (input, input.Shape), (lengths, new Shape(1, 1))), [0]);
        }

        return graph.Reshape(Name, graph.Slice(Name, input, 0, input.Shape[0] - 1, 1), new Shape(type.Channels));
    }
}
