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

/// <summary>How moves are added to a graph.</summary>
internal static class MoveBuilder
{
    /// <summary>Adds a view of another shape; nothing where the shape is the same already.</summary>
    public static Value Reshape(this Graph.Graph graph, string layer, Value input, Shape shape) =>
        input.Shape.Equals(shape) ? input : graph.Add(new Reshape(layer, input), (layer, shape, input.Scope, input.Element)).Output;

    public static Value Permute(this Graph.Graph graph, string layer, Value input, IReadOnlyList<int> axes) =>
        graph.Add(new Permute(layer, input, axes), (layer, new Shape(axes.Select(axis => input.Shape[axis])), input.Scope, input.Element)).Output;
}
