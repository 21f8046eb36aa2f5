using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Graph;

/// <summary>What a value is for, once the graph has computed it.</summary>
internal enum ResultKind
{
    /// <summary>An output of the network, as a prediction shows it.</summary>
    Prediction,

    /// <summary>The mean of a loss over the step, weighted.</summary>
    Loss,

    /// <summary>The gradient of all losses with respect to a parameter.</summary>
    Gradient,

    /// <summary>The norm over the batch of the gradient of a recurrent layer's state, after each step.</summary>
    GradientNorm,

    /// <summary>The new value of a statistic.</summary>
    Statistic,

    /// <summary>What a stateful layer leaves to the next batch, for each row.</summary>
    State,

    /// <summary>In the body of a scan: what is kept of every step.</summary>
    Step,

    /// <summary>In the body of a scan: what a carry is after the step.</summary>
    Next,
}

/// <summary>A value the graph is computed for; <see cref="Index"/> counts outputs (states behind them), losses, parameters or statistics.</summary>
internal sealed class Result(ResultKind kind, int index, Value value)
{
    public ResultKind Kind { get; } = kind;

    public int Index { get; } = index;

    public Value Value { get; set; } = value;
}

/// <summary>
/// A program in primitives: nodes in an order in which each comes after what it reads. Mutable; owned by one compilation.
/// </summary>
internal sealed class Graph
{
    private readonly List<Value> _values = [];

    /// <summary>The nodes, each after all it reads.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The values the program is run for.</summary>
    public List<Result> Results { get; } = [];

    /// <summary>The names of the states whose gradients are measured: a recurrent layer's, with <c>_reverse</c> that of its second direction.</summary>
    public List<string> MeasuredStates { get; } = [];

    /// <summary>Every value ever made in this graph, in order of creation.</summary>
    public IReadOnlyList<Value> Values => _values;

    /// <summary>The values no node computes: inputs, labels, parameters and the like, in order of creation.</summary>
    public IEnumerable<Value> Sources => _values.Where(value => value.Source != Source.Node);

    private int NextId => _values.Count == 0 ? 0 : _values[_values.Count - 1].Id + 1;

    /// <summary>Forgets a source that nothing reads.</summary>
    public void Remove(Value source) => _values.Remove(source);

    /// <summary>Lets the nodes that were added since there were so many run at a place before.</summary>
    public void MoveAdded(int count, int place)
    {
        var added = Nodes.Skip(count).ToList();
        Nodes.RemoveRange(count, added.Count);
        Nodes.InsertRange(place, added);
    }

    /// <summary>A value that comes from outside.</summary>
    public Value AddSource(string name, Shape shape, Scope scope, Element element, Source source, int index = 0)
    {
        var value = new Value(NextId, name, shape, scope, element, source, index);
        _values.Add(value);
        return value;
    }

    /// <summary>The source of the given kind and index, made when first asked for.</summary>
    public Value GetSource(Source source, int index, Func<Value> create) =>
        Sources.FirstOrDefault(value => value.Source == source && value.Index == index) ?? create();

    /// <summary>The number of samples of the step, as a scalar.</summary>
    public Value SampleCount =>
        GetSource(Source.SampleCount, 0, () => AddSource("samples", Shape.Scalar, Scope.Model, Element.Float, Source.SampleCount));

    /// <summary>One for each real sample, zero where the last block is padded.</summary>
    public Value SampleMask =>
        GetSource(Source.SampleMask, 0, () => AddSource("mask", Shape.Scalar, Scope.Sample, Element.Float, Source.SampleMask));

    /// <summary>Appends a node that makes the given values.</summary>
    public T Add<T>(T node, params (string Name, Shape Shape, Scope Scope, Element Element)[] outputs)
        where T : Node
    {
        var values = new Value[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            values[i] = new Value(NextId, outputs[i].Name, outputs[i].Shape, outputs[i].Scope, outputs[i].Element, Source.Node, i);
            _values.Add(values[i]);
        }

        node.Produce(values);
        Nodes.Add(node);
        return node;
    }

    /// <summary>Adds a further value to those that a node makes for each sample.</summary>
    public Value AddOutput(Node node, string name, Shape shape)
    {
        var value = new Value(NextId, name, shape, Scope.Sample, Element.Float, Source.Node, node.Outputs.Count);
        _values.Add(value);
        node.Produce([.. node.Outputs, value]);
        return value;
    }

    /// <summary>Records what the program is run for.</summary>
    public void AddResult(ResultKind kind, int index, Value value) => Results.Add(new Result(kind, index, value));

    /// <summary>The nodes that read a value.</summary>
    public IEnumerable<Node> Readers(Value value) => Nodes.Where(node => node.Inputs.Contains(value));

    /// <summary>The only node that reads a value that is no result, or null.</summary>
    public Node? OnlyReader(Value value)
    {
        var readers = Readers(value).Take(2).ToList();
        return readers.Count == 1 && !Results.Any(result => ReferenceEquals(result.Value, value)) ? readers[0] : null;
    }

    /// <summary>Lets everything that read <paramref name="from"/> read <paramref name="to"/> instead.</summary>
    public void ReplaceUses(Value from, Value to)
    {
        foreach (var node in Nodes)
        {
            if (node.Inputs.Contains(from))
            {
                node.Rewire(from, to);
            }
        }

        foreach (var result in Results.Where(result => ReferenceEquals(result.Value, from)))
        {
            result.Value = to;
        }
    }

    /// <summary>Puts the node that was just added for a value in the place of another, and its value in all uses of that one's.</summary>
    public void Replace(Node old, Value value)
    {
        value.Producer!.IsGradient = old.IsGradient;
        Nodes.Remove(value.Producer);
        Nodes[Nodes.IndexOf(old)] = value.Producer;
        ReplaceUses(old.Output, value);
    }

    /// <summary>Lets a node run after all there are, for one that was added before what it reads.</summary>
    public void MoveToEnd(Node node)
    {
        Nodes.Remove(node);
        Nodes.Add(node);
    }

    /// <summary>Sorts the nodes so that each comes after what it reads, otherwise keeping their order.</summary>
    public void Sort()
    {
        var sorted = new List<Node>(Nodes.Count);
        var placed = new HashSet<Node>();
        foreach (var node in Nodes.ToList())
        {
            Visit(node);
        }

        Nodes.Clear();
        Nodes.AddRange(sorted);

        void Visit(Node node)
        {
            if (!placed.Add(node))
            {
                return;
            }

            foreach (var producer in node.Inputs.Select(input => input.Producer).OfType<Node>())
            {
                Visit(producer);
            }

            sorted.Add(node);
        }
    }
}
