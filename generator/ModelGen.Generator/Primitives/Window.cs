using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>What a <see cref="Window"/> takes of the places it covers.</summary>
internal enum WindowKind
{
    /// <summary>The largest; the first of equals. Padding never wins.</summary>
    Max,

    /// <summary>The sum; padding counts as zero.</summary>
    Sum,
}

/// <summary>
/// The maximum or sum over windows: pooling. Axes of a value that are not pooled have a window of one. Outputs the values
/// and, for a maximum, where in its window each was found (row-major tap number), which the backward pass needs.
/// </summary>
internal sealed class Window : Node
{
    public Window(string layer, WindowKind kind, Value input, IReadOnlyList<ContractAxis> axes)
        : base(layer, [input])
    {
        Kind = kind;
        Axes = axes;
    }

    public WindowKind Kind { get; }

    /// <summary>The window along every axis of the input.</summary>
    public IReadOnlyList<ContractAxis> Axes { get; }

    public override string Name => "window";

    public override string Details => $"{Kind.ToString().ToLowerInvariant()} {string.Join("x", Axes.Select(axis => axis.Kernel))}";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            var positions = Kind == WindowKind.Max ? Outputs[1] : null;
            gradients.Add(Inputs[0], gradients.Graph.Unwindow(Layer, Kind, outer, positions, Axes), Layer);
        }
    }
}

/// <summary>
/// The transpose of <see cref="Window"/>: spreads each number over its window (sum), or puts it where the maximum was
/// found; where windows overlap, it adds. Spreading alone is nearest-neighbour upsampling.
/// </summary>
internal sealed class Unwindow : Node
{
    public Unwindow(string layer, WindowKind kind, Value input, Value? positions, IReadOnlyList<ContractAxis> axes)
        : base(layer, positions is null ? [input] : [input, positions])
    {
        Kind = kind;
        Axes = axes;
    }

    public WindowKind Kind { get; }

    /// <summary>The windows along every axis, as the forward node has them: this node's output has their In extents.</summary>
    public IReadOnlyList<ContractAxis> Axes { get; }

    public override string Name => "unwindow";

    public override string Details => $"{Kind.ToString().ToLowerInvariant()} {string.Join("x", Axes.Select(axis => axis.Kernel))}";

    public override void Differentiate(GradientBuilder gradients)
    {
        // Only the spreading form stands in forward passes (upsampling); it is linear and Window is its transpose.
        if (Kind == WindowKind.Sum && gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            gradients.Add(Inputs[0], gradients.Graph.Window(Layer, WindowKind.Sum, outer, Axes), Layer);
        }
    }
}

/// <summary>How windows are added to a graph.</summary>
internal static class WindowBuilder
{
    public static Value Window(this Graph.Graph graph, string layer, WindowKind kind, Value input, IReadOnlyList<ContractAxis> axes)
    {
        var shape = new Shape(axes.Select(axis => axis.Out));
        (string, Shape, Scope, Element) values = (layer, shape, input.Scope, Element.Float);
        return kind == WindowKind.Max
            ? graph.Add(new Window(layer, kind, input, axes), values, (layer + ".positions", shape, input.Scope, Element.Int)).Output
            : graph.Add(new Window(layer, kind, input, axes), values).Output;
    }

    public static Value Unwindow(this Graph.Graph graph, string layer, WindowKind kind, Value input, Value? positions, IReadOnlyList<ContractAxis> axes) =>
        graph.Add(
            new Unwindow(layer, kind, input, positions, axes),
            (layer, new Shape(axes.Select(axis => axis.In)), input.Scope, Element.Float)).Output;
}
