using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Embedding(size)</c>: the rows of a learned table that the tokens name.</summary>
internal sealed class EmbeddingLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "embedding";

    public override bool Streams => true;

    public override bool TakesTokens => true;

    private int Size => Spec.Integer("size");

    public override Inference Infer(TensorType input)
    {
        if (RequireCount("size", Size, Limits.MaxPlaces) is { } error)
        {
            return error;
        }

        return input.Vocabulary > 0 && input.Is(AxisRole.Time)
            ? TensorType.Sequence(input.Axes[0].Extent, Size) with { LengthsOf = input.LengthsOf, Table = (Name, input.Vocabulary) }
            : WrongInput("token ids (length)", input);
    }

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input) =>
        [new("weight", new Shape(input.Vocabulary, Size), InitialValue.Normal, input.Vocabulary, Size)];

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var rows = lowering.Graph.Gather(Name, lowering.Parameter(this, "weight"), input);
        var masked = lowering.MaskSteps(Name, rows, type);

        // A recurrent layer takes the rows themselves: a table times its weights is a table of gates then.
        lowering.SetUnmasked(masked, rows);
        return masked;
    }
}
