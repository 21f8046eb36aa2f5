using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A place where data enters the network; the first attribute of a chain.</summary>
internal abstract class InputLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "input";

    /// <summary>Whether its elements are token ids.</summary>
    public virtual bool IsTokens => false;

    /// <summary>Whether each sample has a length of its own, a further argument.</summary>
    public bool HasLengths => Spec.Truth("Lengths", false);

    /// <summary>The name of the argument of the lengths: <c>inputLengths</c>; set with the name.</summary>
    public string LengthsName { get; set; } = "";

    /// <summary>The type of the input, or what is wrong with its declaration.</summary>
    public abstract Inference Declare();

    public sealed override Inference Infer(TensorType input) => Declare();

    /// <summary>What stands beyond a sample's length is read as zero; token ids are no numbers yet.</summary>
    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) =>
        IsTokens ? input : lowering.MaskSteps(Name, input, type);
}
