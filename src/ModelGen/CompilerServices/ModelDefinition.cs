using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>An input of a model, or the lengths of the samples of another.</summary>
/// <param name="Name">The name of the parameter it becomes.</param>
/// <param name="Shape">The extents of one sample.</param>
/// <param name="Vocabulary">For token ids, the number of different ones; zero for numbers.</param>
/// <param name="LengthsOf">For lengths, the position of the input whose samples have them, the first extent of its shape the most; else −1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record InputDefinition(string Name, int[] Shape, int Vocabulary, int LengthsOf = -1)
{
    /// <summary>Whether its elements are <see cref="int"/>: token ids or lengths.</summary>
    public bool IsInt => Vocabulary > 0 || LengthsOf >= 0;
}

/// <summary>An output of a model, as predictions show it.</summary>
/// <param name="Name">The name of the parameter it becomes.</param>
/// <param name="Shape">The extents of one sample.</param>
/// <param name="Kind">What the numbers are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputDefinition(string Name, int[] Shape, OutputKind Kind);

/// <summary>A loss and the labels it compares with.</summary>
/// <param name="Name">The name of the parameter the labels become.</param>
/// <param name="Layer">The name of the loss layer, for messages.</param>
/// <param name="Output">The position of the output the loss is attached to.</param>
/// <param name="LabelShape">The extents of the labels of one sample; empty for one label.</param>
/// <param name="Classes">The number of classes an <see cref="int"/> label may name; zero where labels are <see cref="float"/> targets.</param>
/// <param name="IgnoredLabel">The class that takes no part, or null.</param>
/// <param name="ClassWeights">What each class counts, or null when all count one.</param>
/// <param name="Weight">What the loss is multiplied with.</param>
/// <param name="ClassAxis">The axis of the output that counts the classes: 0 for a vector or channels first, the last for time by feature.</param>
/// <param name="Lengths">The position of the input that says how many steps of each sample it judges; −1 where it judges all.</param>
/// <param name="Counted">How labels of which each sample has a number of its own come into the label shape; null for others.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LossDefinition(
    string Name, string Layer, int Output, int[] LabelShape, int Classes, int? IgnoredLabel, float[]? ClassWeights, float Weight,
    int ClassAxis = 0, int Lengths = -1, CountedLabels? Counted = null);

/// <summary>How a parameter gets its first values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum DefaultInitializer
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>Uniform in ±1/√fan-in: PyTorch's default for weights and biases of dense and convolutional layers.</summary>
    UniformFanIn,

    /// <summary>Normal with mean zero and variance one: PyTorch's default for embeddings.</summary>
    Normal,

    /// <summary>Uniform in ±√(6 / (fan-in + fan-out)): PyTorch's default for the input weights of attention.</summary>
    XavierUniform,
}

/// <summary>A parameter or statistic and its place in the arena.</summary>
/// <param name="Name">The full name, such as <c>conv2d_1.weight</c>.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Offset">The first word in the parameter arena; a multiple of 16.</param>
/// <param name="IsStatistic">Whether it is saved but not trained, such as a running mean.</param>
/// <param name="Initializer">The layer's default for the first values.</param>
/// <param name="FanIn">The number of inputs each output of the layer sums over.</param>
/// <param name="FanOut">The number of outputs each input of the layer takes part in.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterDefinition(
    string Name, int[] Shape, int Offset, bool IsStatistic, DefaultInitializer Initializer, int FanIn, int FanOut);

/// <summary>A state of a stateful layer, which goes from batch to batch: one value of it for each row.</summary>
/// <param name="Name">The full name, such as <c>lstm_1.cell</c>.</param>
/// <param name="Shape">The extents for one row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RowStateDefinition(string Name, int[] Shape);

/// <summary>Where training leaves the norms of the gradients that flow into a recurrent layer's state, one for each step.</summary>
/// <param name="Name">The layer; with <c>_reverse</c> its second direction.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Offset">The first word in the model's memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GradientNormDefinition(string Name, int Steps, int Offset);

/// <summary>Everything the runtime knows of a model; made once by the generated code.</summary>
/// <param name="Name">The name of the model class.</param>
/// <param name="Inputs">The inputs in declaration order.</param>
/// <param name="Outputs">The outputs in declaration order.</param>
/// <param name="Losses">The losses in declaration order.</param>
/// <param name="Parameters">The trained parameters in declaration order, then the statistics.</param>
/// <param name="TrainedWords">The words of the arena that belong to trained parameters; gradients and moments are as long.</param>
/// <param name="ParameterWords">The words of the whole parameter arena.</param>
/// <param name="Layers">The layers, for the summary.</param>
/// <param name="Predict">The program for predictions.</param>
/// <param name="Evaluate">The program for predictions and losses; null without a loss.</param>
/// <param name="Train">The program for losses and gradients; null without a loss.</param>
/// <param name="PredictOne">The program for the prediction of a single sample; null where <paramref name="Predict"/> serves all.</param>
/// <param name="States">The states that training and evaluation read behind the inputs and leave behind the outputs; null for none.</param>
/// <param name="GradientNorms">The gradients of states that training measures; null for none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ModelDefinition(
    string Name,
    InputDefinition[] Inputs,
    OutputDefinition[] Outputs,
    LossDefinition[] Losses,
    ParameterDefinition[] Parameters,
    int TrainedWords,
    int ParameterWords,
    LayerSummary[] Layers,
    CompiledProgram Predict,
    CompiledProgram? Evaluate,
    CompiledProgram? Train,
    OneSampleProgram? PredictOne = null,
    RowStateDefinition[]? States = null,
    GradientNormDefinition[]? GradientNorms = null)
{
    /// <summary>The positions of the inputs in the order they are copied in: lengths first, because what stands beyond them is not looked at.</summary>
    internal int[] BindingOrder { get; } = [.. Enumerable.Range(0, Inputs.Length).OrderBy(index => Inputs[index].LengthsOf < 0)];
}
