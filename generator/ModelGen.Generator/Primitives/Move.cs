using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>The same elements in row-major order under another shape: a view, never a copy.</summary>
internal sealed class Reshape(string layer, Value input) : Node(layer, [input])
{
    public override string Name => "reshape";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            gradients.Add(Inputs[0], gradients.Graph.Reshape(Layer, outer, Inputs[0].Shape), Layer);
        }
    }
}

/// <summary>The axes in another order: axis a of the output is axis <c>Axes[a]</c> of the input.</summary>
internal sealed class Permute(string layer, Value input, IReadOnlyList<int> axes) : Node(layer, [input])
{
    public IReadOnlyList<int> Axes { get; } = axes;

    public override string Name => "permute";

    public override string Details => string.Join(", ", Axes);

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            var back = Enumerable.Range(0, Axes.Count).OrderBy(axis => Axes[axis]).ToArray();
            gradients.Add(Inputs[0], gradients.Graph.Permute(Layer, outer, back), Layer);
        }
    }
}

/// <summary>Consecutive places along one axis; a view where the axis is the outermost one that counts.</summary>
internal sealed class Slice(string layer, Value input, int axis, int start, int length) : Node(layer, [input])
{
    public int Axis { get; } = axis;

    /// <summary>The first place that is taken.</summary>
    public int Start { get; } = start;

    public int Length { get; } = length;

    public override string Name => "slice";

    public override string Details => $"{Start} to {Start + Length - 1} of axis{Axis}";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            gradients.Add(Inputs[0], gradients.Graph.Unslice(Layer, outer, Axis, Start, Inputs[0].Shape), Layer);
        }
    }
}

/// <summary>The transpose of <see cref="Slice"/>: the value at its places along one axis, zero at all others.</summary>
internal sealed class Unslice(string layer, Value input, int axis, int start) : Node(layer, [input])
{
    public int Axis { get; } = axis;

    /// <summary>The place of the output where the input begins.</summary>
    public int Start { get; } = start;

    public override string Name => "unslice";

    public override string Details => $"{Start} to {Start + Inputs[0].Shape[Axis] - 1} of axis{Axis}";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            gradients.Add(Inputs[0], gradients.Graph.Slice(Layer, outer, Axis, Start, Inputs[0].Shape[Axis]), Layer);
        }
    }
}

/// <summary>Values one after another along one axis; without a copy where each is written straight into its part.</summary>
internal sealed class Concat(string layer, IReadOnlyList<Value> inputs, int axis) : Node(layer, inputs)
{
    public int Axis { get; } = axis;

    public override string Name => "concat";

    public override string Details => $"along axis{Axis}";

    /// <summary>The place along the axis where an input begins.</summary>
    public int Start(int input) => Inputs.Take(input).Sum(before => before.Shape[Axis]);

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is not { } outer)
        {
            return;
        }

        for (var i = 0; i < Inputs.Count; i++)
        {
            if (gradients.Wants(Inputs[i]))
            {
                gradients.Add(Inputs[i], gradients.Graph.Slice(Layer, outer, Axis, Start(i), Inputs[i].Shape[Axis]), Layer);
            }
        }
    }
}

/// <summary>How moves are added to a graph.</summary>
internal static class MoveBuilder
{
    /// <summary>Adds a view of another shape; nothing where the shape is the same already.</summary>
    public static Value Reshape(this Graph.Graph graph, string layer, Value input, Shape shape) =>
        input.Shape.Equals(shape) ? input : graph.Add(new Reshape(layer, input), (layer, shape, input.Scope, input.Element)).Output;

    /// <summary>Adds a part of a value along one axis; the value itself where the part is all of it.</summary>
    public static Value Slice(this Graph.Graph graph, string layer, Value input, int axis, int start, int length) =>
        length == input.Shape[axis]
            ? input
            : graph.Add(new Slice(layer, input, axis, start, length), (layer, input.Shape.With(axis, length), input.Scope, input.Element)).Output;

    /// <summary>Adds a value of a larger shape that is zero but for a part along one axis.</summary>
    public static Value Unslice(this Graph.Graph graph, string layer, Value input, int axis, int start, Shape shape) =>
        graph.Add(new Unslice(layer, input, axis, start), (layer, shape, input.Scope, input.Element)).Output;

    /// <summary>Adds the concatenation of values that differ in their extent along the axis only.</summary>
    public static Value Concat(this Graph.Graph graph, string layer, IReadOnlyList<Value> inputs, int axis) => graph.Add(
        new Concat(layer, inputs, axis),
        (layer, inputs[0].Shape.With(axis, inputs.Sum(input => input.Shape[axis])), inputs[0].Scope, inputs[0].Element)).Output;

    public static Value Permute(this Graph.Graph graph, string layer, Value input, IReadOnlyList<int> axes) =>
        graph.Add(new Permute(layer, input, axes), (layer, new Shape(axes.Select(axis => input.Shape[axis])), input.Scope, input.Element)).Output;
}
