using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>Focal</c>: with p = softmax(x) over the channels or features, label y, weights w: −w[y]·(1 − p[y])^Gamma·log p[y];
/// nothing where y is ignored.
/// </summary>
internal sealed class FocalLayer(LayerSpec spec) : SoftmaxLoss(spec)
{
    /// <summary>What 1 − p is held above, so that its logarithm and the slope of its power stay finite.</summary>
    private const double Tiny = 1e-12;

    public override string Stem => "focal";

    private float Gamma => Spec.Number("Gamma", 2);

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels)
    {
        var graph = lowering.Graph;
        var (shape, places, axis) = (input.Shape, LabelShape(type), type.ChannelAxis);
        var perPlace = shape.WithOnes([axis]);
        var sum = graph.Reduce(Name, ReduceKind.LogSumExp, input, [axis]);

        // log p of the label's class, one a place; zero, and without a slope, where the label is no class (−1).
        var hit = Scalar.Select(Scalar.Equal(Scalar.Coordinate(axis), Scalar.Read(2)), Scalar.Read(0) - Scalar.Read(1), 0);
        var logs = graph.Map(Name, shape, hit, (input, shape), (sum, perPlace), (labels, perPlace));
        var log = graph.Reduce(Name, ReduceKind.Sum, logs, [axis]);
        return SumAll(lowering, graph.Map(
            Name, places, Body(Scalar.Read(0), Scalar.Read(1), type.Channels), (log, places), (labels, places)), type);
    }

    protected override LayerError? CheckOptions() =>
        Gamma >= 0 && !float.IsInfinity(Gamma) ? null : OutOfRange("Gamma", Format(Gamma), "a number of at least 0");

    /// <summary>The loss of a place by the log p of its label.</summary>
    private Scalar Body(Scalar log, Scalar label, int classes)
    {
        var weight = ClassWeights is { } weights ? Expressions.Table(label, weights) : 1;
        var loss = -(weight * Modulation(log) * log);
        var ignored = IgnoredLabel!.Value;
        return ignored >= 0 && ignored < classes ? Scalar.Select(Scalar.Equal(label, ignored), 0, loss) : loss;
    }

    /// <summary>(1 − p)^Gamma; the square, which is what Gamma is unless set, without a logarithm.</summary>
    private Scalar Modulation(Scalar log)
    {
        var rest = Scalar.Max(-Scalar.Expm1(log), Tiny);
        return Gamma switch
        {
            0 => 1,
            1 => rest,
            2 => rest * rest,
            _ => Scalar.Exp(Scalar.Log(rest) * Gamma),
        };
    }
}
