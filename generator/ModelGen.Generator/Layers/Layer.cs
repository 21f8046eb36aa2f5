using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// What is wrong with a layer: the diagnostic, the argument at fault (a constructor parameter or property, with
/// <c>[i]</c> for an element of an array; null for the whole attribute) and what its message is filled with.
/// </summary>
internal sealed record LayerError(DiagnosticDescriptor Descriptor, string? Argument, EquatableArray<string> MessageArguments)
{
    /// <summary>What the argument was probably meant to be, for a code fix, or null.</summary>
    public string? Suggestion { get; init; }
}

/// <summary>The outcome of shape inference: the type of the result, or what is wrong. Never an exception.</summary>
internal readonly record struct Inference(TensorType? Type, LayerError? Error)
{
    public static implicit operator Inference(TensorType type) => new(type, null);

    public static implicit operator Inference(LayerError error) => new(null, error);
}

/// <summary>How a parameter gets its first values.</summary>
internal enum InitialValue
{
    Zeros,
    Ones,

    /// <summary>Uniform in ±1/√fan-in: PyTorch's default for the weights and biases of dense and convolutional layers.</summary>
    UniformFanIn,

    /// <summary>Normal with mean zero and variance one: PyTorch's default for embeddings.</summary>
    Normal,

    /// <summary>Uniform in ±√(6 / (fan-in + fan-out)): PyTorch's default for the input weights of attention.</summary>
    XavierUniform,
}

/// <summary>A parameter or statistic of a layer: <c>weight</c>, <c>bias</c>, <c>running_mean</c> …, its shape and first values.</summary>
internal sealed record ParameterSpec(string Name, Shape Shape, InitialValue Initial, int FanIn = 0, int FanOut = 0, bool IsStatistic = false);

/// <summary>What the numbers of an output are; named as the runtime's OutputKind.</summary>
internal enum PredictionKind
{
    Value,
    ClassProbabilities,
    Probabilities,
    Decision,
}

/// <summary>The label of a further value that a layer takes, and the argument it is given by.</summary>
internal sealed record LabelReference(string Argument, string Label);

/// <summary>
/// A layer of the language: knows the shape of its result, its parameters and how it is written in primitives. One file a
/// layer; the rest of the compiler knows primitives only.
/// </summary>
internal abstract class Layer(LayerSpec spec)
{
    /// <summary>The attribute as the user wrote it.</summary>
    public LayerSpec Spec { get; } = spec;

    /// <summary>The stem of the layer's name: <c>conv2d</c> in <c>conv2d_1</c>.</summary>
    public abstract string Stem { get; }

    /// <summary>The name in this model, such as <c>conv2d_1</c>; set by the network before anything else is asked.</summary>
    public string Name { get; set; } = "";

    /// <summary>The labels of what it takes beside the value before it.</summary>
    public virtual IReadOnlyList<LabelReference> References => [];

    /// <summary>The names of the layers whose results it takes, for messages; set by the network.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>Whether it takes token ids; the others take numbers.</summary>
    public virtual bool TakesTokens => false;

    /// <summary>Whether its slope is zero everywhere, so that no gradient passes.</summary>
    public virtual bool BlocksGradient => false;

    /// <summary>Whether it takes of a sequence the steps that count and nothing else, so that its result needs no lengths.</summary>
    public virtual bool TakesCountedStepsOnly => false;

    /// <summary>
    /// Whether a sequence can be given to it step by step: it treats every step alone, or remembers what came before in a
    /// state of <see cref="Mode.Stream"/>, and never looks ahead.
    /// </summary>
    public virtual bool Streams => false;

    /// <summary>What its result shows where it is an output of the network.</summary>
    public virtual PredictionKind Prediction => PredictionKind.Value;

    /// <summary>The type of the result for an input of the given type, or what is wrong. Pure and total.</summary>
    public abstract Inference Infer(TensorType input);

    /// <summary>The same for a layer that takes several values, the one before it first.</summary>
    public virtual Inference Infer(IReadOnlyList<TensorType> inputs) => Infer(inputs[0]);

    /// <summary>The parameters for inputs that <see cref="Infer(IReadOnlyList{TensorType})"/> has accepted, in the order they are saved in.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorType> inputs) => Parameters(inputs[0]);

    /// <summary>The parameters for an input that <see cref="Infer(TensorType)"/> has accepted, in the order they are saved in.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters(TensorType input) => [];

    /// <summary>What is wrong or unwise about the layer this one follows, or null: an error or warning at <paramref name="previous"/>.</summary>
    public virtual LayerError? Review(Layer previous) => null;

    /// <summary>Writes the layer in primitives; returns its result, of the type that <see cref="Infer(TensorType)"/> told.</summary>
    public abstract Value Lower(Lowering lowering, Value input, TensorType type);

    /// <summary>The same for a layer that takes several values, the one before it first.</summary>
    public virtual Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types) => Lower(lowering, inputs[0], types[0]);

    /// <summary>An error of this layer, whose message begins with its name.</summary>
    protected internal LayerError Error(DiagnosticDescriptor descriptor, string? argument, params string[] rest) =>
        new(descriptor, argument, new[] { Name }.Concat(rest).ToEquatableArray());

    /// <summary>The error of an input with other axes than the layer takes.</summary>
    protected LayerError WrongInput(string takes, TensorType input) =>
        Error(DiagnosticDescriptors.WrongInput, null, takes, input.ToString(), input.Roles);

    /// <summary>An error unless the argument is a count of at least one.</summary>
    protected internal LayerError? RequireCount(string argument, int value, int most = int.MaxValue) =>
        value >= 1 && value <= most ? null : OutOfRange(argument, Format(value), most == int.MaxValue || value < 1 ? "at least 1" : $"at most {Format(most)}");

    /// <summary>An error unless every element of the array argument is a count of at least one.</summary>
    protected LayerError? RequireCounts(string argument, EquatableArray<int> values, int most) =>
        values.Select((value, index) => RequireCount($"{argument}[{index}]", value, most)).FirstOrDefault(error => error is not null);

    /// <summary>An error unless the argument is a number above zero.</summary>
    protected LayerError? RequirePositive(string argument, float value) =>
        value > 0 && !float.IsInfinity(value) ? null : OutOfRange(argument, Format(value), "a number above 0");

    /// <summary>An error unless the argument is a number of [0, 1).</summary>
    protected LayerError? RequireRate(string argument, float value) =>
        value >= 0 && value < 1 ? null : OutOfRange(argument, Format(value), "in [0, 1)");

    /// <summary>The error of an argument outside of its range.</summary>
    protected internal LayerError OutOfRange(string argument, string found, string expected) =>
        Error(DiagnosticDescriptors.OutOfRange, argument, argument, found, expected);

    protected static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected static string Format(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
