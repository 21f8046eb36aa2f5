using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>PerceptronLoss</c>: with y = ±1, −y·x where y·x ≤ 0, else zero; zero counts as wrong, so that learning starts from zeros.</summary>
internal sealed class PerceptronLossLayer(LayerSpec spec) : LossLayer(spec)
{
    public override string Stem => "perceptron_loss";

    public override LabelKind Labels => LabelKind.Classes;

    public override PredictionKind Prediction => PredictionKind.Decision;

    public override Shape LabelShape(TensorType input) => input.Shape;

    public override int Classes(TensorType input) => 2;

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels)
    {
        var margin = ((Scalar.Read(1) * 2) - 1) * Scalar.Read(0);
        return SumAll(lowering, lowering.Graph.Map(
            Name, input.Shape, Scalar.Select(Scalar.Greater(margin, 0), 0, -margin), (input, input.Shape), (labels, input.Shape)), type);
    }

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Map(Name, Scalar.Greater(Scalar.Read(0), 0), input);
}
