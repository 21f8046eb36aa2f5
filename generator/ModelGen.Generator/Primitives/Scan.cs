using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;

namespace ModelGen.Generator.Primitives;

/// <summary>A number of the loop that each step hands to the next, such as the state of a recurrent layer.</summary>
/// <param name="source">What the body reads as the value before the step.</param>
/// <param name="initial">The value before the first step, or null for zero.</param>
internal sealed class ScanCarry(Value source, Value? initial)
{
    /// <summary>What the body reads as the value before the step.</summary>
    public Value Source { get; } = source;

    /// <summary>The value before the first step, or null for zero.</summary>
    public Value? Initial { get; set; } = initial;

    /// <summary>What the body makes as the value after the step.</summary>
    public Result Next { get; set; } = null!;

    /// <summary>All values there are, one more than steps, or the latest two: the memory behind the three views below.</summary>
    public Value History { get; set; } = null!;

    /// <summary>Whether only the latest two values are kept, each in turn in one of two places.</summary>
    public bool Alternates { get; set; }

    /// <summary>The value after each step.</summary>
    public Value All { get; set; } = null!;

    /// <summary>The value before each step.</summary>
    public Value Previous { get; set; } = null!;

    /// <summary>The value after the last step.</summary>
    public Value Final { get; set; } = null!;
}

/// <summary>A value of the body that is kept for every step.</summary>
internal sealed record ScanStack(Value Outer, Result Inner);

/// <summary>
/// A loop over time: a graph as its body, which reads one step of each sequence and the carries of the step before, and
/// everything else as it is. Its gradient is the reversed scan; gradients of what all steps share are taken after it, from
/// what the steps leave, so that a recurrent layer's weight gradient is one long product.
/// </summary>
internal sealed class Scan : Node
{
    private readonly Graph.Graph _graph;
    private readonly List<Value> _sequences = [];
    private readonly List<ScanCarry> _carries = [];
    private readonly List<ScanStack> _stacks = [];

    public Scan(Graph.Graph graph, string layer, int length, bool isReversed)
        : base(layer, [])
    {
        _graph = graph;
        Length = length;
        IsReversed = isReversed;
    }

    /// <summary>What is done at each step; its sources stand for the step's numbers.</summary>
    public Graph.Graph Body { get; } = new();

    public int Length { get; }

    /// <summary>Whether the last step is done first.</summary>
    public bool IsReversed { get; }

    /// <summary>What the body reads one step of, each (length, …); the body's source of kind Step has the position as its index.</summary>
    public IReadOnlyList<Value> Sequences => _sequences;

    public IReadOnlyList<ScanCarry> Carries => _carries;

    /// <summary>The position among the graph's measured states of the first carry, if the norm of its gradient after each step is wanted; else −1.</summary>
    public int MeasuredState { get; set; } = -1;

    public IReadOnlyList<ScanStack> Stacks => _stacks;

    public override string Name => "scan";

    public override string Details => $"{Length} steps{(IsReversed ? " from the last" : "")}";

    /// <summary>Lets the body read one step of a value (length, …); the same source for the same value.</summary>
    public Value AddSequence(Value sequence)
    {
        var index = _sequences.IndexOf(sequence);
        if (index < 0)
        {
            index = _sequences.Count;
            _sequences.Add(sequence);
        }

        return Body.GetSource(Source.Step, index, () => Body.AddSource(
            sequence.Name, sequence.Shape.Without([0]), sequence.Scope, sequence.Element, Source.Step, index));
    }

    /// <summary>Lets the body read one step of another value in place of a sequence, and compute from it what it has read of that.</summary>
    public void ComputeSequence(Value sequence, Value from, Func<Value, Value> compute)
    {
        var index = _sequences.IndexOf(sequence);
        var step = Body.Sources.First(source => source.Source == Source.Step && source.Index == index);
        Body.Remove(step);
        _sequences[index] = from;
        var before = Body.Nodes.Count;
        var computed = compute(AddSequence(from));
        Body.MoveAdded(before, 0);
        Body.ReplaceUses(step, computed);
        Refresh();
    }

    /// <summary>Adds a number that is handed from step to step, zero at first unless given.</summary>
    public ScanCarry AddCarry(string name, Shape shape, Value? initial)
    {
        var carry = new ScanCarry(Body.AddSource(name, shape, Scope.Sample, Element.Float, Source.Carry, _carries.Count), initial);
        _carries.Add(carry);
        carry.History = _graph.AddOutput(this, name + " over time", Over(Length + 1, shape));
        carry.All = Part("", IsReversed ? 0 : 1, Length);
        carry.Previous = Part(" before", IsReversed ? 1 : 0, Length);
        carry.Final = Part(" at the end", IsReversed ? 0 : Length, 1);
        return carry;

        Value Part(string suffix, int start, int count)
        {
            var part = _graph.AddOutput(this, name + suffix, suffix == " at the end" ? shape : Over(count, shape));
            part.Part = (carry.History, start * shape.Count);
            return part;
        }
    }

    /// <summary>Keeps of a carry only the latest two values, where nothing reads those of all steps.</summary>
    public void Alternate(ScanCarry carry)
    {
        Outputs = [.. Outputs.Where(output => !ReferenceEquals(output, carry.History))];
        carry.History = _graph.AddOutput(this, carry.Source.Name, Over(2, carry.Source.Shape));
        carry.All.Part = carry.Previous.Part = (carry.History, 0);
        carry.Final.Part = (carry.History, (IsReversed ? 0 : Length % 2) * carry.Source.Shape.Count);
        carry.Alternates = true;
    }

    /// <summary>Says what a carry is after the step.</summary>
    public void SetNext(ScanCarry carry, Value value)
    {
        Body.AddResult(ResultKind.Next, carry.Source.Index, value);
        carry.Next = Body.Results[Body.Results.Count - 1];
        Refresh();
    }

    /// <summary>Keeps a value of the body for every step, (length, …); the same for the same value.</summary>
    public Value AddStack(Value value)
    {
        if (_stacks.Find(stack => ReferenceEquals(stack.Inner.Value, value)) is { } known)
        {
            return known.Outer;
        }

        if (_carries.Find(carry => carry.Next is not null && ReferenceEquals(carry.Next.Value, value)) is { } carry)
        {
            return carry.All;
        }

        Body.AddResult(ResultKind.Step, _stacks.Count, value);
        var outer = _graph.AddOutput(this, value.Name, Over(Length, value.Shape));
        _stacks.Add(new ScanStack(outer, Body.Results[Body.Results.Count - 1]));
        return outer;
    }

    /// <summary>Forgets a stack that nothing reads.</summary>
    public void Remove(ScanStack stack)
    {
        _stacks.Remove(stack);
        Body.Results.Remove(stack.Inner);
        Outputs = [.. Outputs.Where(output => !ReferenceEquals(output, stack.Outer))];
        Refresh();
    }

    /// <inheritdoc/>
    public override void Rewire(Value from, Value to)
    {
        for (var i = 0; i < _sequences.Count; i++)
        {
            _sequences[i] = ReferenceEquals(_sequences[i], from) ? to : _sequences[i];
        }

        foreach (var carry in _carries.Where(carry => ReferenceEquals(carry.Initial, from)))
        {
            carry.Initial = to;
        }

        Body.ReplaceUses(from, to);
        Refresh();
    }

    /// <summary>Finds again what the scan reads, once its body has changed.</summary>
    public void Refresh()
    {
        var own = new HashSet<Value>(Body.Values);
        Inputs =
        [
            .. _sequences
                .Concat(_carries.Select(carry => carry.Initial).OfType<Value>())
                .Concat(Body.Nodes.SelectMany(node => node.Inputs).Where(input => !own.Contains(input)))
                .Distinct(),
        ];
    }

    public override void Differentiate(GradientBuilder gradients)
    {
        if (Outputs.Any(output => gradients.Of(output) is not null))
        {
            new ScanGradient(this, gradients).Run();
        }
    }

    private static Shape Over(int length, Shape shape) => new([length, .. shape.Extents]);
}

/// <summary>How scans are added to a graph.</summary>
internal static class ScanBuilder
{
    /// <summary>Adds a scan without anything in it.</summary>
    public static Scan Scan(this Graph.Graph graph, string layer, int length, bool isReversed)
    {
        var scan = new Scan(graph, layer, length, isReversed);
        graph.Nodes.Add(scan);
        return scan;
    }
}
