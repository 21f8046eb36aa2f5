using System.Collections.Generic;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>From("x")</c>: makes a labelled value the current one.</summary>
internal sealed class FromLayer(LayerSpec spec) : NamingLayer(spec)
{
    public override string Stem => "from";

    public override IReadOnlyList<LabelReference> References => [new(Argument, Value)];
}
