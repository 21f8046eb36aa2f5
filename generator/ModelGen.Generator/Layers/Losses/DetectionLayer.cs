using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>Detection(anchors…)</c>: of each anchor of each cell x, y, w, h, objectness o and scores of classes. The runtime lays boxes
/// out as a target t for each of these, so that the loss is one expression of a value and its target: BoxWeight·(σ(x) − t)² for
/// places, BoxWeight·(w − t)² for sizes, where there is a target; −log σ(o), −EmptyWeight·log(1 − σ(o)) or nothing for
/// objectness; −t·log softmax for classes.
/// </summary>
internal sealed class DetectionLayer(LayerSpec spec) : LossLayer(spec)
{
    private const int Objectness = 4;
    private const int FirstClass = 5;

    /// <summary>Targets of places and sizes are above, what stands for none is below.</summary>
    private const double LeastTarget = -500;

    /// <summary>What a value that is no class's score counts as in the sum of their exponentials.</summary>
    private const double NoScore = -1e30;

    public override string Stem => "detection";

    public override LabelKind Labels => LabelKind.Boxes;

    private EquatableArray<float> Sizes => Spec.Find("anchors")?.Numbers ?? EquatableArray<float>.Empty;

    private int Anchors => Sizes.Count / 2;

    private float BoxWeight => Spec.Number("BoxWeight", 5);

    private float EmptyWeight => Spec.Number("EmptyWeight", 0.5f);

    private float IgnoreOverlap => Spec.Number("IgnoreOverlap", 0.5f);

    /// <summary>The target of every value, by anchor.</summary>
    public override Shape LabelShape(TensorType input) => new(Anchors, input.Channels / Anchors, input.Axes[1].Extent, input.Axes[2].Extent);

    public override int Classes(TensorType input) => 0;

    public override LabelLayout Layout(TensorType input) => new("BoxLabels", new EquatableArray<string>(
    [
        "[" + string.Join(", ", Sizes.Select(size => Emit.Literal.Of(size))) + "]",
        Format((input.Channels / Anchors) - FirstClass),
        Format(input.Axes[1].Extent),
        Format(input.Axes[2].Extent),
        Emit.Literal.Of(IgnoreOverlap),
    ]));

    public override string DescribeLabels(TensorType input) =>
        $"Boxes for {Name}: class of 0 to {Format((input.Channels / Anchors) - FirstClass - 1)}, centre x and y, width, height, relative to the image; those of all samples, one after another.";

    public override LayerError? Review(Layer previous) =>
        previous is SigmoidLayer ? previous.Error(DiagnosticDescriptors.SigmoidBeforeLoss, null, Name) : null;

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels)
    {
        var (graph, shape) = (lowering.Graph, LabelShape(type));
        var values = graph.Reshape(Name, input, shape);
        var (x, t, kind) = (Scalar.Read(0), Scalar.Read(1), Scalar.Coordinate(1));
        var distance = Scalar.Select(Scalar.Greater(2, kind), Scalar.Sigmoid(x), x) - t;
        var box = Scalar.Select(Scalar.Greater(t, LeastTarget), distance * distance * BoxWeight, 0);
        var objectness = Scalar.Select(
            Scalar.Greater(t, 0), Expressions.Softplus(-x), Scalar.Select(Scalar.Equal(t, 0), Expressions.Softplus(x) * EmptyWeight, 0));
        var body = ByKind(kind, box, objectness, t * (Scalar.Read(2) - x));
        return SumAll(lowering, graph.Map(Name, shape, body, (values, shape), (labels, shape), (LogSum(graph, values), shape.WithOnes([1]))), type);
    }

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type)
    {
        var (graph, shape) = (lowering.Graph, LabelShape(type));
        var values = graph.Reshape(Name, input, shape);
        var (x, anchor, kind, row, column) = (Scalar.Read(0), Scalar.Coordinate(0), Scalar.Coordinate(1), Scalar.Coordinate(2), Scalar.Coordinate(3));
        var place = Scalar.Select(
            Scalar.Equal(kind, 0), (Scalar.Sigmoid(x) + column) * (1.0 / shape[3]), (Scalar.Sigmoid(x) + row) * (1.0 / shape[2]));
        var (widths, heights) = (Sizes.Where((_, index) => index % 2 == 0).ToList(), Sizes.Where((_, index) => index % 2 == 1).ToList());
        var size = Scalar.Exp(x) * Scalar.Select(Scalar.Equal(kind, 2), Expressions.Table(anchor, widths), Expressions.Table(anchor, heights));
        var body = ByKind(kind, Scalar.Select(Scalar.Greater(2, kind), place, size), Scalar.Sigmoid(x), Scalar.Exp(x - Scalar.Read(1)));
        return graph.Reshape(Name, graph.Map(Name, shape, body, (values, shape), (LogSum(graph, values), shape.WithOnes([1]))), input.Shape);
    }

    protected override LayerError? Check(TensorType input)
    {
        if (!input.IsChannelsFirst(2))
        {
            return WrongInput(TensorType.ChannelsFirstRoles(2), input);
        }

        if (Sizes.Count == 0 || Sizes.Count % 2 != 0)
        {
            return OutOfRange("anchors", $"({string.Join(", ", Sizes.Select(Format))})", "pairs of a width and a height, at least one");
        }

        var wrong = Sizes.ToList().FindIndex(size => !(size > 0) || float.IsInfinity(size));
        if (wrong >= 0)
        {
            return OutOfRange($"anchors[{Format(wrong)}]", Format(Sizes[wrong]), "a number above 0");
        }

        return RequirePositive("BoxWeight", BoxWeight) ?? RequirePositive("EmptyWeight", EmptyWeight) ?? RequirePositive("IgnoreOverlap", IgnoreOverlap)
            ?? (input.Channels % Anchors == 0 && input.Channels / Anchors > FirstClass ? null : Error(
                DiagnosticDescriptors.DetectionChannels, null, Format(input.Channels), Format(Anchors), Format(Anchors), Format(Anchors * (FirstClass + 1))));
    }

    private static Scalar ByKind(Scalar kind, Scalar box, Scalar objectness, Scalar score) =>
        Scalar.Select(Scalar.Greater(Objectness, kind), box, Scalar.Select(Scalar.Equal(kind, Objectness), objectness, score));

    /// <summary>For each anchor and cell log Σ exp of the scores.</summary>
    private Value LogSum(Graph.Graph graph, Value values)
    {
        var scores = graph.Map(Name, Scalar.Select(Scalar.Greater(Scalar.Coordinate(1), Objectness), Scalar.Read(0), NoScore), values);
        return graph.Reduce(Name, ReduceKind.LogSumExp, scores, [1]);
    }
}
