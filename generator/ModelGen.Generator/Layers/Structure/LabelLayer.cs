using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Label("x")</c>: gives the current value a name.</summary>
internal sealed class LabelLayer(LayerSpec spec) : NamingLayer(spec)
{
    public override string Stem => "label";

    public override LayerError? Check() => base.Check() ?? (Value == BlockConstants.Input
        ? new LayerError(DiagnosticDescriptors.ReservedLabel, Argument, EquatableArray<string>.Empty)
        : null);
}
