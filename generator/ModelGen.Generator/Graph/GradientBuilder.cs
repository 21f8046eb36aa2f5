using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Graph;

/// <summary>Collects the gradient of a scalar with respect to the values of a graph, from the last node to the first.</summary>
internal sealed class GradientBuilder
{
    private readonly Dictionary<Value, Value> _gradients = [];
    private readonly HashSet<Value> _wanted;

    /// <param name="graph">The graph to extend.</param>
    /// <param name="wanted">The values a gradient is wanted for: parameters and all that depends on one.</param>
    public GradientBuilder(Graph graph, HashSet<Value> wanted)
    {
        Graph = graph;
        _wanted = wanted;
    }

    /// <summary>The graph that the backward pass is appended to.</summary>
    public Graph Graph { get; }

    /// <summary>Whether the gradient of a value leads to a parameter; the others need not be computed.</summary>
    public bool Wants(Value value) => _wanted.Contains(value);

    /// <summary>The gradient collected so far, or null where nothing depends on the value.</summary>
    public Value? Of(Value value) => _gradients.TryGetValue(value, out var gradient) ? gradient : null;

    /// <summary>Adds a contribution of the value's own shape; several ones (a fork in the network) are summed.</summary>
    public void Add(Value value, Value contribution, string layer)
    {
        _gradients[value] = Of(value) is { } sum
            ? Graph.Map(layer, contribution.Shape, Scalar.Read(0) + Scalar.Read(1), (sum, contribution.Shape), (contribution, contribution.Shape))
            : contribution;
    }

    /// <summary>Some values, and all numbers of a graph that depend on one of them.</summary>
    public static HashSet<Value> Dependent(Graph graph, IEnumerable<Value> values)
    {
        // In the order of the nodes, so that one pass reaches everything.
        var dependent = new HashSet<Value>(values);
        foreach (var node in graph.Nodes.Where(node => node.Inputs.Any(dependent.Contains)))
        {
            dependent.UnionWith(node.Outputs.Where(output => output.Element == Element.Float));
        }

        return dependent;
    }
}
