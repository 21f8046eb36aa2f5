using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>How a <see cref="Reduce"/> makes one number of many.</summary>
internal enum ReduceKind
{
    Sum,

    /// <summary>log Σ exp x, computed around the maximum so that nothing overflows.</summary>
    LogSumExp,
}

/// <summary>
/// One number of many: over axes of a value, and over the samples too where <see cref="OverSamples"/>; then the result
/// is per model. Only real samples count. The axes that are reduced vanish from the shape.
/// </summary>
internal sealed class Reduce : Node
{
    public Reduce(string layer, ReduceKind kind, Value input, IReadOnlyList<int> axes, bool overSamples)
        : base(layer, [input])
    {
        Kind = kind;
        Axes = axes;
        OverSamples = overSamples;
    }

    public ReduceKind Kind { get; }

    public IReadOnlyList<int> Axes { get; }

    public bool OverSamples { get; }

    public override string Name => "reduce";

    public override string Details =>
        $"{(Kind == ReduceKind.Sum ? "sum" : "logsumexp")} over {string.Join(", ", Axes.Select(axis => $"axis{axis}").Concat(OverSamples ? ["samples"] : []))}";

    public override void Differentiate(GradientBuilder gradients)
    {
        var input = Inputs[0];
        if (gradients.Of(Output) is not { } outer || !gradients.Wants(input))
        {
            return;
        }

        // Spread back over what was summed. The padding of the last block took no part, so it gets no gradient: this keeps
        // every gradient zero there, and sums over samples further down need no mask.
        var graph = gradients.Graph;
        var view = input.Shape.WithOnes(Axes);
        var ones = new Shape(Enumerable.Repeat(1, input.Shape.Rank));
        var slope = Kind == ReduceKind.Sum ? Scalar.Read(0) : Scalar.Read(0) * Scalar.Exp(Scalar.Read(2) - Scalar.Read(3));
        var contribution = graph.MapOfUsed(
            Layer,
            input.Shape,
            OverSamples ? slope * Scalar.Read(1) : slope,
            [outer, OverSamples ? graph.SampleMask : outer, input, Output],
            [view, OverSamples ? ones : view, input.Shape, view]);
        gradients.Add(input, contribution, Layer);
    }
}

/// <summary>How reductions are added to a graph.</summary>
internal static class ReduceBuilder
{
    public static Value Reduce(this Graph.Graph graph, string layer, ReduceKind kind, Value input, IReadOnlyList<int> axes, bool overSamples = false) =>
        graph.Add(
            new Reduce(layer, kind, input, axes, overSamples),
            (layer, input.Shape.Without([.. axes]), overSamples ? Scope.Model : input.Scope, Element.Float)).Output;
}
