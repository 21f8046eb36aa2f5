using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>
/// A scalar expression evaluated at every place of a shape, for every sample: activations, bias, arithmetic of
/// normalisation and losses, dropout. Inputs broadcast: each is seen as a view of the map's rank whose axes are full or one.
/// </summary>
internal sealed class Map : Node
{
    public Map(string layer, Shape shape, IReadOnlyList<Value> inputs, IReadOnlyList<Shape> views, Scalar body)
        : base(layer, inputs)
    {
        Shape = shape;
        Views = views;
        Body = body;
    }

    /// <summary>The places the expression is evaluated at; the shape of the output.</summary>
    public Shape Shape { get; }

    /// <summary>How each input is seen: its elements in row-major order, as a shape that broadcasts to <see cref="Shape"/>.</summary>
    public IReadOnlyList<Shape> Views { get; }

    public Scalar Body { get; }

    public override string Name => "map";

    public override string Details => Body.ToString();

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is not { } outer)
        {
            return;
        }

        for (var i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].Element != Element.Float || !gradients.Wants(Inputs[i]) || Inputs.Take(i).Contains(Inputs[i]))
            {
                continue;
            }

            DifferentiateInput(gradients, outer, i);
        }
    }

    private void DifferentiateInput(GradientBuilder gradients, Value outer, int input)
    {
        var graph = gradients.Graph;
        var target = Inputs[input];

        // The same value may be read at several positions: its derivative is the sum over all of them.
        Scalar slope = 0;
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (ReferenceEquals(Inputs[i], target))
            {
                slope += Body.Derivative(i);
            }
        }

        if (slope is Scalar.ConstantNode { Value: 0 })
        {
            return;
        }

        // Reading the saved output in place of recomputing it often makes the inputs unnecessary: ReLU, sigmoid, tanh, exp.
        var outputPosition = Inputs.Count;
        var gradientPosition = Inputs.Count + 1;
        slope = slope.Rewrite(part => part is not Scalar.ReadNode && part.Equals(Body) ? Scalar.Read(outputPosition) : null);

        var values = Inputs.Concat([Output, outer]).ToArray();
        var views = Views.Concat([Shape, Shape]).ToArray();
        var contribution = graph.MapOfUsed(Layer, Shape, slope * Scalar.Read(gradientPosition), values, views);

        var axes = Enumerable.Range(0, Shape.Rank).Where(axis => Views[input][axis] != Shape[axis]).ToArray();
        var overSamples = Output.Scope == Scope.Sample && target.Scope == Scope.Model;
        if (axes.Length > 0 || overSamples)
        {
            contribution = graph.Reduce(Layer, ReduceKind.Sum, contribution, axes, overSamples);
        }

        gradients.Add(target, graph.Reshape(Layer, contribution, target.Shape), Layer);
    }
}

/// <summary>How maps are added to a graph.</summary>
internal static class MapBuilder
{
    /// <summary>Adds a map; the output is per sample when an input is, or when the body draws random numbers.</summary>
    public static Value Map(this Graph.Graph graph, string layer, Shape shape, Scalar body, params (Value Value, Shape View)[] inputs) =>
        graph.MapOfUsed(layer, shape, body, [.. inputs.Select(input => input.Value)], [.. inputs.Select(input => input.View)]);

    /// <summary>Adds an elementwise map of inputs that have all the same shape.</summary>
    public static Value Map(this Graph.Graph graph, string layer, Scalar body, params Value[] inputs) =>
        graph.MapOfUsed(layer, inputs[0].Shape, body, inputs, [.. inputs.Select(input => input.Shape)]);

    /// <summary>Lets a map compute in place what another one of the same shape hands to it; the result stands for its output.</summary>
    public static Value Inline(this Graph.Graph graph, Map reader, Map inner)
    {
        var offset = reader.Inputs.Count;
        var body = inner.Body.Substitute(input => Scalar.Read(offset + input));
        return graph.MapOfUsed(
            reader.Layer,
            reader.Shape,
            reader.Body.Substitute(input => ReferenceEquals(reader.Inputs[input], inner.Output) ? body : Scalar.Read(input)),
            [.. reader.Inputs, .. inner.Inputs],
            [.. reader.Views, .. inner.Views]);
    }

    /// <summary>Whether a node is a map that reads the output of another place by place.</summary>
    public static bool CanInline(Node reader, Map inner) => reader is Map map
        && map.Shape.Equals(inner.Shape)
        && map.Inputs.Zip(map.Views, (input, view) => !ReferenceEquals(input, inner.Output) || view.Equals(inner.Shape)).All(fits => fits);

    /// <summary>Adds a map, dropping the inputs that the body does not read and merging those that are the same.</summary>
    public static Value MapOfUsed(this Graph.Graph graph, string layer, Shape shape, Scalar body, IReadOnlyList<Value> values, IReadOnlyList<Shape> views)
    {
        var used = new List<int>();
        var position = new Dictionary<int, int>();
        foreach (var input in body.Reads().OrderBy(input => input))
        {
            var same = used.FindIndex(other => ReferenceEquals(values[other], values[input]) && views[other].Equals(views[input]));
            position[input] = same >= 0 ? same : used.Count;
            if (same < 0)
            {
                used.Add(input);
            }
        }

        var map = new Map(
            layer,
            shape,
            [.. used.Select(input => values[input])],
            [.. used.Select(input => views[input])],
            body.Substitute(input => Scalar.Read(position[input])));
        var perSample = map.Inputs.Any(input => input.Scope == Scope.Sample) || body.Parts().OfType<Scalar.UniformNode>().Any();
        return graph.Add(map, (layer, shape, perSample ? Scope.Sample : Scope.Model, Element.Float)).Output;
    }
}
