using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;

namespace ModelGen.Generator.Primitives;

/// <summary>
/// The reversed scan that is the gradient of a scan. Its body is the gradient of the body; what that reads of the forward
/// pass is kept there for every step. What all steps share (weights, biases) gets its gradient once, outside of the loop,
/// from the steps' operands: a sum over time becomes one more axis of a product or sum.
/// </summary>
internal sealed class ScanGradient
{
    private readonly Scan _scan;
    private readonly GradientBuilder _gradients;
    private readonly Graph.Graph _graph;
    private readonly Scan _reverse;
    private readonly HashSet<Value> _forward;

    public ScanGradient(Scan scan, GradientBuilder gradients)
    {
        _scan = scan;
        _gradients = gradients;
        _graph = gradients.Graph;
        _reverse = _graph.Scan(scan.Layer, scan.Length, !scan.IsReversed);
        _forward = [.. scan.Body.Values];
    }

    public void Run()
    {
        var inner = new GradientBuilder(_reverse.Body, FindWanted());
        var carries = Seed(inner);
        foreach (var node in _scan.Body.Nodes.Reverse<Node>().ToList())
        {
            node.Differentiate(inner);
        }

        if (_scan.MeasuredState >= 0)
        {
            Measure(inner);
        }

        foreach (var (forward, back) in carries)
        {
            _reverse.SetNext(back, inner.Of(forward.Source) ?? Zeros(forward.Source.Shape));
        }

        // The nodes as they are now: those of the loops below are added to the graph around.
        var shared = _scan.Inputs.Where(input => !_scan.Sequences.Contains(input) && _gradients.Wants(input) && inner.Of(input) is not null).ToList();
        foreach (var (sequence, source) in _scan.Sequences.Select((sequence, index) => (sequence, Body(Source.Step, index))))
        {
            if (source is not null && _gradients.Wants(sequence) && inner.Of(source) is { } gradient)
            {
                _gradients.Add(sequence, _reverse.AddStack(gradient), _scan.Layer);
            }
        }

        foreach (var value in shared)
        {
            _gradients.Add(value, Hoist(inner.Of(value)!), _scan.Layer);
        }

        foreach (var (forward, back) in carries.Where(pair => pair.Forward.Initial is { } initial && _gradients.Wants(initial)))
        {
            _gradients.Add(forward.Initial!, back.Final, _scan.Layer);
        }

        ReadForward();
        foreach (var node in _reverse.Body.Nodes)
        {
            node.IsGradient = true;
        }

        _reverse.Body.Sort();
        new Passes.RemoveDeadNodes().Run(_reverse.Body);
        _reverse.Refresh();
    }

    /// <summary>The root of the sum of squares, over units and samples, of all that flows into the first carry after each step.</summary>
    private void Measure(GradientBuilder inner)
    {
        var gradient = inner.Of(_scan.Carries[0].Next.Value)!;
        var squares = _reverse.Body.Map(_scan.Layer, Scalar.Read(0) * Scalar.Read(0), gradient);
        var steps = _reverse.AddStack(_reverse.Body.Reduce(_scan.Layer, ReduceKind.Sum, squares, [0]));
        var sum = _graph.Reduce(_scan.Layer, ReduceKind.Sum, steps, [], overSamples: true);
        _graph.AddResult(ResultKind.GradientNorm, _scan.MeasuredState, _graph.Map(_scan.Layer, Scalar.Sqrt(Scalar.Read(0)), sum));
    }

    private Value? Body(Source source, int index) => _scan.Body.Sources.FirstOrDefault(value => value.Source == source && value.Index == index);

    /// <summary>The values of the body whose gradient leads to a parameter, or to the step before.</summary>
    private HashSet<Value> FindWanted() => GradientBuilder.Dependent(_scan.Body, _scan.Inputs.Where(_gradients.Wants).Concat(_scan.Body.Sources.Where(
        source => source.Source == Source.Carry || (source.Source == Source.Step && _gradients.Wants(_scan.Sequences[source.Index])))));

    /// <summary>What flows into a step from behind: from the step after it, and from whoever reads it outside.</summary>
    private List<(ScanCarry Forward, ScanCarry Back)> Seed(GradientBuilder inner)
    {
        var carries = new List<(ScanCarry Forward, ScanCarry Back)>();
        foreach (var carry in _scan.Carries)
        {
            var back = _reverse.AddCarry(carry.Source.Name + " gradient", carry.Source.Shape, _gradients.Of(carry.Final));
            carries.Add((carry, back));
            inner.Add(carry.Next.Value, back.Source, _scan.Layer);
            if (_gradients.Of(carry.All) is { } all)
            {
                inner.Add(carry.Next.Value, _reverse.AddSequence(all), _scan.Layer);
            }
        }

        foreach (var stack in _scan.Stacks)
        {
            if (_gradients.Of(stack.Outer) is { } outer)
            {
                inner.Add(stack.Inner.Value, _reverse.AddSequence(outer), _scan.Layer);
            }
        }

        return carries;
    }

    private Value Zeros(Shape shape) => _reverse.Body.Add(
        new Map(_scan.Layer, shape, [], [], 0), (_scan.Layer, shape, Scope.Sample, Element.Float)).Output;

    /// <summary>The gradient of something all steps share, taken of all steps at once.</summary>
    private Value Hoist(Value gradient)
    {
        switch (gradient.Producer)
        {
            case Contract { Role: ContractRole.Weight } contract when contract.Geometry.Axes.Count == 0 || contract.Geometry.ChannelsLast:
                var geometry = contract.Geometry with { Axes = [new ContractAxis(_scan.Length, _scan.Length, 1), .. contract.Geometry.Axes], ChannelsLast = true };
                return _graph.Contract(contract.Layer, ContractRole.Weight, geometry, Stacked(contract.Inputs[0]), Stacked(contract.Inputs[1]), gradient);
            case Reduce { Kind: ReduceKind.Sum, OverSamples: true } reduce:
                return _graph.Reduce(reduce.Layer, ReduceKind.Sum, Stacked(reduce.Inputs[0]), [0, .. reduce.Axes.Select(axis => axis + 1)], overSamples: true);
            case Reshape reshape:
                return _graph.Reshape(reshape.Layer, Hoist(reshape.Inputs[0]), gradient.Shape);
            case Map { Output.Scope: Scope.Model } map:
                return _graph.MapOfUsed(map.Layer, map.Shape, map.Body, [.. map.Inputs.Select(Hoist)], map.Views);
            default:
                throw new InvalidOperationException($"{_scan.Layer}: a gradient by {gradient.Producer?.Name ?? gradient.Source.ToString()} is not taken over time.");
        }
    }

    /// <summary>All steps of a value of either body.</summary>
    private Value Stacked(Value value) => value.Producer is Reshape reshape
        ? _graph.Reshape(reshape.Layer, Stacked(reshape.Inputs[0]), new Shape([_scan.Length, .. value.Shape.Extents]))
        : _forward.Contains(value) ? OfForward(value) : _reverse.AddStack(value);

    /// <summary>All steps of a value of the forward body.</summary>
    private Value OfForward(Value value) => value.Source switch
    {
        Source.Step => _scan.Sequences[value.Index],
        Source.Carry => _scan.Carries[value.Index].Previous,
        _ => _scan.AddStack(value),
    };

    /// <summary>Lets the reversed body read what it needs of the forward one from what that has kept.</summary>
    private void ReadForward()
    {
        var known = new Dictionary<Value, Value>();
        foreach (var node in _reverse.Body.Nodes.ToList())
        {
            foreach (var input in node.Inputs.Where(_forward.Contains).Distinct().ToList())
            {
                node.Rewire(input, Import(input));
            }
        }

        foreach (var result in _reverse.Body.Results.Where(result => _forward.Contains(result.Value)))
        {
            result.Value = Import(result.Value);
        }

        Value Import(Value value)
        {
            if (!known.TryGetValue(value, out var own))
            {
                known[value] = own = value switch
                {
                    { Source: Source.SampleMask } => _reverse.Body.SampleMask,
                    { Producer: Reshape reshape } => _reverse.Body.Reshape(reshape.Layer, Import(reshape.Inputs[0]), value.Shape),
                    { Producer: Slice slice } when Storage.IsView(slice) =>
                        _reverse.Body.Slice(slice.Layer, Import(slice.Inputs[0]), slice.Axis, slice.Start, slice.Length),
                    _ => _reverse.AddSequence(OfForward(value)),
                };
            }

            return own;
        }
    }
}
