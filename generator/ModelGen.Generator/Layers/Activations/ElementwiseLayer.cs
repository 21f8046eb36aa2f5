using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A layer that is one expression of each element, whatever the shape.</summary>
internal abstract class ElementwiseLayer(LayerSpec spec) : Layer(spec)
{
    public sealed override bool Streams => true;

    public sealed override Inference Infer(TensorType input) => Check() is { } error ? error : input;

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Map(Name, Body(Scalar.Read(0)), input);

    /// <summary>The expression of an element.</summary>
    protected abstract Scalar Body(Scalar x);

    /// <summary>What is wrong with the arguments, or null.</summary>
    protected virtual LayerError? Check() => null;
}
