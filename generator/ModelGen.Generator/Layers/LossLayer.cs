using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>What a loss compares with.</summary>
internal enum LabelKind
{
    /// <summary>One <c>int</c> class at every place.</summary>
    Classes,

    /// <summary>One <c>float</c> for every element of the value.</summary>
    Targets,

    /// <summary>For each sample a number of <c>int</c> classes of its own.</summary>
    Transcripts,

    /// <summary>For each sample a number of boxes of its own, five <c>float</c> each; programs read a target for every value.</summary>
    Boxes,
}

/// <summary>How the runtime lays out the labels of a sample that has a number of its own: its class that does, and the constants this is made with.</summary>
internal sealed record LabelLayout(string Type, EquatableArray<string> Arguments);

/// <summary>A loss: ends a chain, says what the labels are and what a prediction shows.</summary>
internal abstract class LossLayer(LayerSpec spec) : Layer(spec)
{
    public abstract LabelKind Labels { get; }

    public sealed override bool Streams => true;

    /// <summary>The name of the argument the labels become: <c>labels</c>, <c>targets</c>, <c>labels_2</c> …; set by the network.</summary>
    public string LabelName { get; set; } = "";

    /// <summary>The name of the argument that says how many labels each sample has, or null where all have the same number; set by the network.</summary>
    public string? CountsName { get; set; }

    /// <summary>Whether each sample has a number of labels of its own.</summary>
    public bool HasCounts => Labels is LabelKind.Transcripts or LabelKind.Boxes;

    /// <summary>Whether labels are <c>int</c> as programs read them.</summary>
    public bool LabelsAreInts => Labels is LabelKind.Classes or LabelKind.Transcripts;

    /// <summary>The shape of the labels of one sample for a value of the given type, as programs read them.</summary>
    public abstract Shape LabelShape(TensorType input);

    /// <summary>How labels of which each sample has a number of its own come into that shape; null for others.</summary>
    public virtual LabelLayout? Layout(TensorType input) => null;

    /// <summary>The number of classes a label may name, or zero for targets.</summary>
    public abstract int Classes(TensorType input);

    /// <summary>The label that takes no part in the loss, or null.</summary>
    public virtual int? IgnoredLabel => null;

    /// <summary>What each class counts, or null when all count one; changes the divisor of the mean too.</summary>
    public virtual EquatableArray<float>? ClassWeights => null;

    /// <summary>What the loss is multiplied with beside other losses.</summary>
    public float Weight => Spec.Number("Weight", 1);

    /// <summary>The name of the output it is attached to, or null for the end of the chain.</summary>
    public string? On => Spec.Find("On")?.Text;

    /// <summary>The type of what a prediction shows, which is that of the value, or what is wrong.</summary>
    public sealed override Inference Infer(TensorType input) =>
        (RequirePositive("Weight", Weight) ?? Check(input)) is { } error ? error : input;

    /// <summary>What the argument of the labels holds, for the documentation of the members.</summary>
    public virtual string DescribeLabels(TensorType input)
    {
        var (shape, classes) = (LabelShape(input), Classes(input));
        var what = classes > 0 ? $"Classes of 0 to {Format(classes - 1)}" : "Targets";
        return $"{what} for {Name}: {(shape.Count == 1 ? "one" : shape.ToString())} for each sample.";
    }

    /// <summary>Adds the loss of one sample, summed over its places and not yet divided: a scalar per sample.</summary>
    public abstract Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels);

    /// <summary>Adds what a prediction shows in place of the raw value: probabilities, a class, or the value itself; of the same type.</summary>
    public abstract Value LowerPrediction(Lowering lowering, Value input, TensorType type);

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) => LowerPrediction(lowering, input, type);

    /// <summary>What is wrong with the loss or the value it judges, or null.</summary>
    protected virtual LayerError? Check(TensorType input) => null;

    /// <summary>The sum of a value over all of its axes; steps beyond a sample's length take no part.</summary>
    /// <param name="lowering">What the loss is written into.</param>
    /// <param name="value">A number for each place, time first where the judged value has steps.</param>
    /// <param name="type">The type of the value that is judged.</param>
    protected Value SumAll(Lowering lowering, Value value, TensorType type) => value.Shape.Rank == 0
        ? value
        : lowering.Graph.Reduce(Name, ReduceKind.Sum, lowering.MaskSteps(Name, value, type), [.. Enumerable.Range(0, value.Shape.Rank)]);
}
