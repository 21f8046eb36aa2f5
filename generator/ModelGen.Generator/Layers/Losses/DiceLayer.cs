using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Dice</c>: with p = σ(x), 1 − (2·Σ p·t + Smooth)/(Σ p + Σ t + Smooth), the sums over all elements of a sample.</summary>
internal sealed class DiceLayer(LayerSpec spec) : LossLayer(spec)
{
    public override string Stem => "dice";

    public override LabelKind Labels => LabelKind.Targets;

    public override PredictionKind Prediction => PredictionKind.Probabilities;

    private float Smooth => Spec.Number("Smooth", 1);

    public override Shape LabelShape(TensorType input) => input.Shape;

    public override int Classes(TensorType input) => 0;

    public override LayerError? Review(Layer previous) =>
        previous is SigmoidLayer ? previous.Error(DiagnosticDescriptors.SigmoidBeforeLoss, null, Name) : null;

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels)
    {
        var graph = lowering.Graph;
        var shape = input.Shape;
        var (p, t) = (Scalar.Sigmoid(Scalar.Read(0)), Scalar.Read(1));
        var overlap = SumAll(lowering, graph.Map(Name, shape, p * t, (input, shape), (labels, shape)), type);
        var sizes = SumAll(lowering, graph.Map(Name, shape, p + t, (input, shape), (labels, shape)), type);

        // The mean divides by samples × elements, and the loss is one a sample: hence the elements in front.
        var ratio = ((Scalar.Read(0) * 2) + Smooth) / (Scalar.Read(1) + Smooth);
        var loss = Scalar.Constant(1) - ratio;
        return lowering.Lengths(type) is { } lengths
            ? graph.Map(Name, overlap.Shape, loss * (Scalar.Read(2) * (shape.Count / shape[0])), (overlap, overlap.Shape), (sizes, overlap.Shape), (lengths, overlap.Shape))
            : graph.Map(Name, overlap.Shape, loss * shape.Count, (overlap, overlap.Shape), (sizes, overlap.Shape));
    }

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Map(Name, Scalar.Sigmoid(Scalar.Read(0)), input);

    protected override LayerError? Check(TensorType input) => RequirePositive("Smooth", Smooth);
}
