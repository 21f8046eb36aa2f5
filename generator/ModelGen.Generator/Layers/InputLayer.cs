using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A place where data enters the network; the first attribute of a chain.</summary>
internal abstract class InputLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "input";

    /// <summary>Whether its elements are token ids.</summary>
    public virtual bool IsTokens => false;

    /// <summary>The type of the input, or what is wrong with its declaration.</summary>
    public abstract Inference Declare();

    public sealed override Inference Infer(TensorType input) => Declare();

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) => input;
}
