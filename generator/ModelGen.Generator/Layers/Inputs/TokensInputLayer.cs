using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Tokens(length, Vocabulary = …)</c>: token ids over time.</summary>
internal sealed class TokensInputLayer(LayerSpec spec) : InputLayer(spec)
{
    public override string Stem => "tokens";

    public override bool IsTokens => true;

    public override Inference Declare()
    {
        var (length, vocabulary) = (Spec.Integer("length"), Spec.Integer("Vocabulary"));
        return (RequireCount("length", length) ?? RequireCount("Vocabulary", vocabulary)) is { } error
            ? error
            : new TensorType(new EquatableArray<Axis>([new Axis(length, AxisRole.Time)]), vocabulary) { LengthsOf = HasLengths ? Name : null };
    }
}
