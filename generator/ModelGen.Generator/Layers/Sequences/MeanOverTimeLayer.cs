using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>MeanOverTime</c>: the mean of the valid steps of a sequence.</summary>
internal sealed class MeanOverTimeLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "mean_over_time";

    public override bool TakesCountedStepsOnly => true;

    public override bool Streams => true;

    public override Inference Infer(TensorType input) =>
        input.Is(AxisRole.Time, AxisRole.Feature) ? TensorType.Features(input.Channels) : WrongInput("(length, features)", input);

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        if (lowering.Mode == Mode.Stream)
        {
            return LowerStep(lowering, input);
        }

        var sum = lowering.Graph.Reduce(Name, ReduceKind.Sum, lowering.MaskSteps(Name, input, type), [0]);
        if (lowering.Lengths(type) is { } lengths)
        {
            // The lanes that hold no sample have a length of zero.
            return lowering.Graph.Map(Name, sum.Shape, Scalar.Read(0) / Scalar.Max(Scalar.Read(1), 1), (sum, sum.Shape), (lengths, new Shape(1)));
        }

        return lowering.Graph.Map(Name, Scalar.Read(0) * (1.0 / input.Shape[0]), sum);
    }

    /// <summary>The mean of all steps there were so far.</summary>
    private Value LowerStep(Lowering lowering, Value input)
    {
        var graph = lowering.Graph;
        var (sum, count) = (lowering.GetState(Name + ".sum", input.Shape)!, lowering.GetState(Name + ".count", new Shape(1))!);
        var nextSum = graph.Map(Name, Scalar.Read(0) + Scalar.Read(1), sum, input);
        var nextCount = graph.Map(Name, Scalar.Read(0) + 1, count);
        lowering.SetState(sum, nextSum);
        lowering.SetState(count, nextCount);
        return graph.Map(Name, input.Shape, Scalar.Read(0) / Scalar.Read(1), (nextSum, input.Shape), (nextCount, nextCount.Shape));
    }
}
