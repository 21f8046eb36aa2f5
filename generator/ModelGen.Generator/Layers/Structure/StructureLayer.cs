using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>An attribute of the list that computes nothing itself, but says how values hang together.</summary>
internal abstract class StructureLayer(LayerSpec spec) : Layer(spec)
{
    /// <summary>What is wrong with its arguments, or null.</summary>
    public abstract LayerError? Check();

    public sealed override Inference Infer(TensorType input) => input;

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) => input;
}

/// <summary>A word with the name of a value: a label or an output.</summary>
internal abstract class NamingLayer(LayerSpec spec) : StructureLayer(spec)
{
    /// <summary>The argument that holds the name.</summary>
    public const string Argument = "value";

    /// <summary>The name that is given or taken.</summary>
    public string Value => Spec.Find(Argument)?.Text ?? "";

    public override LayerError? Check() =>
        Spec.Find("Name")?.Text is not null ? new LayerError(DiagnosticDescriptors.WordWithName, "Name", new EquatableArray<string>([Spec.Attribute]))
        : Value.Length == 0 ? new LayerError(DiagnosticDescriptors.NoValueName, Argument, new EquatableArray<string>([Spec.Attribute]))
        : null;
}
