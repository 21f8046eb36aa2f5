using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// What recurrent layers share: the products of all inputs with their weights as one product over time, then a scan whose
/// body is the cell; a second one from the end where the layer is bidirectional.
/// </summary>
internal abstract class RecurrentLayer(LayerSpec spec) : Layer(spec)
{
    /// <summary>The numbers of the cell.</summary>
    protected int Units => Spec.Integer("units");

    /// <summary>The gates, each as tall as the cell.</summary>
    protected abstract int Gates { get; }

    /// <summary>The numbers of the state that is handed on and shown.</summary>
    protected virtual int StateSize => Units;

    /// <summary>Whether a cell of its own is handed on beside the state.</summary>
    protected virtual bool HasCell => false;

    private bool IsBidirectional => Spec.Truth("Bidirectional", false);

    private bool IsStateful => Spec.Truth("Stateful", false);

    private string? InitialState => Spec.Find("InitialState")?.Text;

    private IReadOnlyList<string> Directions => IsBidirectional ? ["", "_reverse"] : [""];

    public sealed override IReadOnlyList<LabelReference> References => InitialState is { } label ? [new("InitialState", label)] : [];

    public sealed override bool Streams => !IsBidirectional && InitialState is null;

    public sealed override Inference Infer(TensorType input) => Infer([input]);

    public sealed override Inference Infer(IReadOnlyList<TensorType> inputs)
    {
        var input = inputs[0];
        if ((RequireCount("units", Units, (int)Limits.MaxPlaces) ?? CheckOptions()) is { } error)
        {
            return error;
        }

        if (IsStateful && (IsBidirectional || InitialState is not null))
        {
            return IsBidirectional
                ? Error(DiagnosticDescriptors.StatefulElsewhere, "Stateful", "Bidirectional", "the reverse direction begins at the end of each batch, where none before has been")
                : Error(DiagnosticDescriptors.StatefulElsewhere, "Stateful", "InitialState", "there are two states to begin from");
        }

        if (!input.Is(AxisRole.Time, AxisRole.Feature))
        {
            return WrongInput("(length, features)", input);
        }

        if (inputs.Count > 1 && CheckInitialState(inputs[1]) is { } wrong)
        {
            return wrong;
        }

        return input.With(1, StateSize * Directions.Count) with { StateLayer = Name };
    }

    public sealed override IReadOnlyList<ParameterSpec> Parameters(TensorType input) =>
        [.. Directions.SelectMany(direction => CellParameters(input.Channels).Select(parameter => parameter with { Name = parameter.Name + direction }))];

    public sealed override Value Lower(Lowering lowering, Value input, TensorType type) => Lower(lowering, [input], [type]);

    public sealed override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types)
    {
        if (lowering.Mode == Mode.Stream)
        {
            return LowerStep(lowering, inputs[0], types[0]);
        }

        var results = new List<Value>();
        var states = new List<(Value State, Value? Cell)>();
        for (var direction = 0; direction < Directions.Count; direction++)
        {
            var initial = inputs.Count > 1 ? InitialOf(lowering, inputs[1], types[1], direction) : IsStateful ? KeptState(lowering) : (null, null);
            var (all, state) = LowerDirection(lowering, inputs[0], types[0], direction, initial);
            if (IsStateful)
            {
                KeepState(lowering, initial, state);
            }

            results.Add(all);
            states.Add(state);
        }

        lowering.FinalStates[Name] = states;
        var whole = results.Count == 1 ? results[0] : lowering.Graph.Concat(Name, results, 1);
        return lowering.MaskSteps(Name, whole, types[0]);
    }

    /// <summary>What is wrong with the options that this layer alone has, or null.</summary>
    protected virtual LayerError? CheckOptions() => null;

    /// <summary>The parameters of one direction for so many features.</summary>
    protected virtual IReadOnlyList<ParameterSpec> CellParameters(int features) =>
    [
        Parameter("weight_ih_l0", Gates * Units, features),
        Parameter("weight_hh_l0", Gates * Units, StateSize),
        Parameter("bias_ih_l0", Gates * Units),
        Parameter("bias_hh_l0", Gates * Units),
    ];

    /// <summary>A parameter drawn uniformly from ±1/√units.</summary>
    protected ParameterSpec Parameter(string name, params int[] extents) =>
        new(name, new Shape(extents), InitialValue.UniformFanIn, Units, extents[0]);

    /// <summary>Whether both biases can be added to the inputs' products, before the loop.</summary>
    protected virtual bool AddsBiasesFirst => true;

    /// <summary>Writes the cell: from the inputs' products of the step and the states before it the states after it.</summary>
    protected abstract (Value State, Value? Cell) LowerCell(RecurrentCell cell, Value input, Value state, Value? memory);

    private LayerError? CheckInitialState(TensorType state)
    {
        var size = StateSize * Directions.Count;
        return state.StateLayer is not null && state.Is(AxisRole.Time, AxisRole.Feature) && state.Channels == size ? null
            : state.Is(AxisRole.Feature) && state.Channels == size ? null
            : Error(DiagnosticDescriptors.WrongInitialState, "InitialState", InitialState!, state.ToString(), Format(size), Format(StateSize), Directions.Count > 1 ? " in each direction" : "");
    }

    private (Value? State, Value? Cell) InitialOf(Lowering lowering, Value value, TensorType type, int direction)
    {
        if (type.StateLayer is { } layer && lowering.FinalStates.TryGetValue(layer, out var states) && type.Is(AxisRole.Time, AxisRole.Feature))
        {
            return (states[direction].Output, HasCell ? states[direction].Cell : null);
        }

        return (lowering.Graph.Slice(Name, value, 0, direction * StateSize, StateSize), null);
    }

    /// <summary>What is handed on: the new value, or the one before where the step is padding.</summary>
    private Value Hold(Graph.Graph body, Value? mask, Value next, Value before) => mask is null ? next : body.Map(
        Name,
        next.Shape,
        Scalar.Select(Scalar.Greater(Scalar.Read(2), 0), Scalar.Read(0), Scalar.Read(1)),
        (next, next.Shape),
        (before, next.Shape),
        (mask, new Shape(1)));

    /// <summary>The products of inputs with their weights, and the biases that can be added first: of all steps, or of one.</summary>
    private Value InputProducts(Graph.Graph graph, Value input, TensorType type, Func<string, Value> get)
    {
        var rows = Gates * Units;
        IReadOnlyList<ContractAxis> axes = type.HasTime ? [new ContractAxis(input.Shape[0], input.Shape[0], 1)] : [];
        var product = graph.Contract(Name, new ContractGeometry(1, type.Channels, rows, axes, ChannelsLast: type.HasTime), input, get("weight_ih_l0"));
        var view = type.HasTime ? new Shape(1, rows) : new Shape(rows);
        return AddsBiasesFirst
            ? graph.Map(Name, product.Shape, Scalar.Read(0) + (Scalar.Read(1) + Scalar.Read(2)), (product, product.Shape), (get("bias_ih_l0"), view), (get("bias_hh_l0"), view))
            : graph.Map(Name, product.Shape, Scalar.Read(0) + Scalar.Read(1), (product, product.Shape), (get("bias_ih_l0"), view));
    }

    /// <summary>The cell alone, on one step of a stream.</summary>
    private Value LowerStep(Lowering lowering, Value input, TensorType type)
    {
        var graph = lowering.Graph;
        Value Get(string name) => lowering.Parameter(this, name);
        var inputs = InputProducts(graph, input, type, Get);
        var before = KeptState(lowering);
        var after = LowerCell(new RecurrentCell(graph, graph, Name, Units, Get), inputs, before.State!, before.Cell);
        KeepState(lowering, before, after);
        return after.State;
    }

    /// <summary>What the step before, or each row of the batch before, ended in; no gradient goes there.</summary>
    private (Value? State, Value? Cell) KeptState(Lowering lowering) => (
        lowering.GetState(Name + ".state", new Shape(StateSize)),
        HasCell ? lowering.GetState(Name + ".cell", new Shape(Units)) : null);

    private static void KeepState(Lowering lowering, (Value? State, Value? Cell) before, (Value State, Value? Cell) after)
    {
        if (before.State is { } state)
        {
            lowering.SetState(state, after.State);
        }

        if (before.Cell is { } cell)
        {
            lowering.SetState(cell, after.Cell!);
        }
    }

    private (Value All, (Value State, Value? Cell) Final) LowerDirection(Lowering lowering, Value input, TensorType type, int direction, (Value? State, Value? Cell) initial)
    {
        var graph = lowering.Graph;
        var length = input.Shape[0];
        var suffix = Directions[direction];
        Value Get(string name) => lowering.Parameter(this, name + suffix);

        // The products of all steps at once: they wait for nothing. What stands at padded steps does not matter: the states hold there.
        var inputs = InputProducts(graph, lowering.Unmasked(input), type, Get);
        var scan = graph.Scan(Name, length, isReversed: direction == 1);
        var state = scan.AddCarry(Name + ".state", new Shape(StateSize), initial.State);
        var memory = HasCell ? scan.AddCarry(Name + ".cell", new Shape(Units), initial.Cell) : null;
        var step = scan.AddSequence(inputs);
        var (nextState, nextMemory) = LowerCell(new RecurrentCell(graph, scan.Body, Name, Units, Get), step, state.Source, memory?.Source);
        var mask = lowering.StepMask(type) is { } steps ? scan.AddSequence(steps) : null;
        scan.SetNext(state, Hold(scan.Body, mask, nextState, state.Source));
        if (memory is not null)
        {
            scan.SetNext(memory, Hold(scan.Body, mask, nextMemory!, memory.Source));
        }

        if (lowering.MeasuresGradients)
        {
            scan.MeasuredState = graph.MeasuredStates.Count;
            graph.MeasuredStates.Add(Name + suffix);
        }

        graph.MoveToEnd(scan);
        return (state.All, (state.Final, memory?.Final));
    }
}
