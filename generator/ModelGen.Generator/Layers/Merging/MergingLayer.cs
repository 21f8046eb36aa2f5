using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A layer that takes the value before it and a labelled one.</summary>
internal abstract class MergingLayer(LayerSpec spec) : Layer(spec)
{
    /// <summary>The argument that holds the label.</summary>
    protected const string Argument = "label";

    public override IReadOnlyList<LabelReference> References => [new(Argument, Spec.Find(Argument)?.Text ?? "")];

    public sealed override bool Streams => true;

    /// <summary>What it does, as a verb: <c>add</c>.</summary>
    protected abstract string Verb { get; }

    public override Inference Infer(IReadOnlyList<TensorType> inputs) => Merge(inputs[0], inputs[1]);

    public sealed override Inference Infer(TensorType input) => Merge(input, input);

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) => Lower(lowering, [input, input], [type, type]);

    public abstract override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types);

    /// <summary>The type of the result, or what is wrong.</summary>
    protected abstract Inference Merge(TensorType current, TensorType labelled);

    /// <summary>The error of two values that do not fit: which branch has which shape, where each comes from, and why not.</summary>
    protected LayerError Refuse(TensorType current, TensorType labelled, string why) => Error(
        DiagnosticDescriptors.CannotMerge,
        Argument,
        Verb,
        current.ToString(),
        Sources.FirstOrDefault() ?? "",
        labelled.ToString(),
        Sources.LastOrDefault() ?? "",
        References[0].Label == BlockConstants.Input ? "the block's input" : $"'{References[0].Label}'",
        why);

    /// <summary>Whether the axes of two values mean the same.</summary>
    protected static bool HaveSameRoles(TensorType a, TensorType b) => a.Axes.Select(axis => axis.Role).SequenceEqual(b.Axes.Select(axis => axis.Role));
}
