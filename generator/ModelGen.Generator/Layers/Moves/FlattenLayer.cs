using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Flatten</c>: all numbers of a sample as one vector.</summary>
internal sealed class FlattenLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "flatten";

    public override Inference Infer(TensorType input) => TensorType.Features((int)input.Count);

    public override Value Lower(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Reshape(Name, input, new Shape(input.Shape.Count));
}
