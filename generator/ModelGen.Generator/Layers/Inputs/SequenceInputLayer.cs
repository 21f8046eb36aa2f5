using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Sequence(length, features)</c>: numbers over time.</summary>
internal sealed class SequenceInputLayer(LayerSpec spec) : InputLayer(spec)
{
    public override Inference Declare()
    {
        var (length, features) = (Spec.Integer("length"), Spec.Integer("features"));
        return (RequireCount("length", length) ?? RequireCount("features", features)) is { } error
            ? error
            : TensorType.Sequence(length, features) with { LengthsOf = HasLengths ? Name : null };
    }
}
