using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>SoftmaxCrossEntropy</c>: with p = softmax(x) over the channels or features, label y of K classes, weights w and smoothing ε:
/// (1 − ε)·w[y]·(−log p[y]) + ε/K · Σ over c of w[c]·(−log p[c]); nothing where y is ignored.
/// </summary>
internal sealed class SoftmaxCrossEntropyLayer(LayerSpec spec) : SoftmaxLoss(spec)
{
    public override string Stem => "softmax_cross_entropy";

    private float LabelSmoothing => Spec.Number("LabelSmoothing", 0);

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels)
    {
        var graph = lowering.Graph;
        var (shape, axis) = (input.Shape, type.ChannelAxis);
        var perPlace = shape.WithOnes([axis]);
        var sum = graph.Reduce(Name, ReduceKind.LogSumExp, input, [axis]);

        // −log p of one class, counted as much as the target asks for it. Labels that are no class (−1) match none.
        var body = Target(Scalar.Coordinate(axis), Scalar.Read(2), type.Channels) * (Scalar.Read(1) - Scalar.Read(0));
        if (ClassWeights is not { } weights)
        {
            return SumAll(lowering, graph.Map(Name, shape, body, (input, shape), (sum, perPlace), (labels, perPlace)), type);
        }

        // The weights become a table, computed once a run rather than at every place.
        var table = graph.Map(Name, new Shape(type.Channels), Expressions.Table(Scalar.Coordinate(0), weights));
        var perClass = shape.WithOnes([.. Enumerable.Range(0, shape.Rank).Where(other => other != axis)]);
        return SumAll(lowering, graph.Map(Name, shape, body * Scalar.Read(3), (input, shape), (sum, perPlace), (labels, perPlace), (table, perClass)), type);
    }

    protected override LayerError? CheckOptions() => RequireRate("LabelSmoothing", LabelSmoothing);

    /// <summary>How much the class at a coordinate is asked for by a label.</summary>
    private Scalar Target(Scalar coordinate, Scalar label, int classes)
    {
        var smoothing = (double)LabelSmoothing;
        var ignored = IgnoredLabel!.Value;
        var isLabel = Scalar.Equal(coordinate, label);
        if (smoothing == 0)
        {
            var hit = Scalar.Select(isLabel, 1, 0);
            return ignored >= 0 && ignored < classes ? Scalar.Select(Scalar.Equal(label, ignored), 0, hit) : hit;
        }

        var share = Scalar.Select(isLabel, 1 - smoothing + (smoothing / classes), smoothing / classes);
        return Scalar.Select(Scalar.Equal(label, ignored), 0, share);
    }
}
