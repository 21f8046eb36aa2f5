using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Output("x")</c>: makes the current value an output of the model.</summary>
internal sealed class OutputLayer(LayerSpec spec) : NamingLayer(spec)
{
    public override string Stem => "output";
}
