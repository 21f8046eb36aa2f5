using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A loss that is one expression of each element and its target; a prediction shows the value itself.</summary>
internal abstract class ElementwiseLoss(LayerSpec spec) : LossLayer(spec)
{
    public sealed override LabelKind Labels => LabelKind.Targets;

    public sealed override Shape LabelShape(TensorType input) => input.Shape;

    public sealed override int Classes(TensorType input) => 0;

    public sealed override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels) =>
        SumAll(lowering, lowering.Graph.Map(
            Name, input.Shape, Body(Scalar.Read(0), Scalar.Read(1)), (input, input.Shape), (labels, input.Shape)), type);

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type) => input;

    /// <summary>The loss of an element x with target t.</summary>
    protected abstract Scalar Body(Scalar x, Scalar t);
}
