using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Layers;

/// <summary>What a program is for; layers such as dropout and batch normalisation lower differently.</summary>
internal enum Mode
{
    /// <summary>Losses, gradients and new statistics.</summary>
    Train,

    /// <summary>Losses and predictions, with the statistics as they are.</summary>
    Evaluate,

    /// <summary>Predictions only.</summary>
    Predict,

    /// <summary>Predictions of one step of time after another, each handing its state to the next.</summary>
    Stream,
}

/// <summary>What a layer writes itself into: the graph, the mode, and its own parameters by name.</summary>
/// <param name="graph">The graph.</param>
/// <param name="mode">What it is for.</param>
/// <param name="inputs">The inputs of the program, behind which states stand.</param>
/// <param name="outputs">The outputs of the network, behind which states are left.</param>
internal sealed class Lowering(Graph.Graph graph, Mode mode, int inputs, int outputs)
{
    private readonly Dictionary<string, Value> _parameters = [];
    private readonly Dictionary<string, Value> _lengths = [];
    private readonly Dictionary<Value, Value> _masks = [];
    private readonly Dictionary<Value, Value> _unmasked = [];
    private int _streams;
    private (Value Place, Value Count)? _streamed;
    private int _states;

    public Graph.Graph Graph { get; } = graph;

    public Mode Mode { get; } = mode;

    /// <summary>Whether the gradients that flow into states are measured.</summary>
    public bool MeasuresGradients { get; init; }

    /// <summary>The steps of a whole sequence, where a stream is lowered.</summary>
    public int Steps { get; init; }

    /// <summary>A parameter or statistic of a layer, such as (<c>conv2d_1</c>, <c>weight</c>).</summary>
    public Value Parameter(Layer layer, string name) => _parameters[layer.Name + "." + name];

    /// <summary>A parameter or statistic by its full name, such as <c>embedding_1.weight</c>.</summary>
    public Value Parameter(string name) => _parameters[name];

    /// <summary>Whether the layer declared that parameter.</summary>
    public bool HasParameter(Layer layer, string name) => _parameters.ContainsKey(layer.Name + "." + name);

    /// <summary>Gives a statistic of the layer its value after this step; training only.</summary>
    public void UpdateStatistic(Layer layer, string name, Value value) =>
        Graph.AddResult(ResultKind.Statistic, Parameter(layer, name).Index, value);

    /// <summary>
    /// What is remembered under a name, zero at first: of the step before in a stream, of the batch before in training and
    /// evaluation. Null in predictions, which begin from zero.
    /// </summary>
    public Value? GetState(string name, Shape shape) => Mode switch
    {
        Mode.Predict => null,
        Mode.Stream => Graph.AddSource(name, shape, Scope.Sample, Element.Float, Source.Carry, _states++),
        _ => Graph.AddSource(name, shape, Scope.Sample, Element.Float, Source.State, inputs + _states++),
    };

    /// <summary>Says what a state that was taken is after the step, or leaves it to the next batch.</summary>
    public void SetState(Value state, Value next)
    {
        if (state.Source == Source.Carry)
        {
            Graph.AddResult(ResultKind.Next, state.Index, next);
        }
        else
        {
            Graph.AddResult(ResultKind.State, outputs + state.Index - inputs, next);
        }
    }

    /// <summary>
    /// Of a stream the place of this step in a whole sequence, from zero on and from zero again behind the last, and how many of the
    /// places have been reached.
    /// </summary>
    public (Value Place, Value Count) GetStreamPlace()
    {
        if (_streamed is { } streamed)
        {
            return streamed;
        }

        const string Layer = "stream";
        var (next, count) = (GetState(Layer + ".place", Shape.Scalar)!, GetState(Layer + ".count", Shape.Scalar)!);
        var reached = Graph.Map(Layer, Scalar.Min(Scalar.Read(0) + 1, Steps), count);
        SetState(next, Graph.Map(Layer, Scalar.Select(Scalar.Equal(Scalar.Read(0), Steps - 1), 0, Scalar.Read(0) + 1), next));
        SetState(count, reached);
        _streamed = (next, reached);
        return _streamed.Value;
    }

    /// <summary>The state of a recurrent layer after its last step, of each direction: the output's, and the cell's where there is one.</summary>
    public Dictionary<string, IReadOnlyList<(Value Output, Value? Cell)>> FinalStates { get; } = [];

    /// <summary>The lengths of the samples whose steps a value has, one <c>int</c> each, or null where all steps count.</summary>
    public Value? Lengths(TensorType type) => type.LengthsOf is { } input ? _lengths[input] : null;

    /// <summary>For each step of a value one where it counts and zero beyond the sample's length, (length); null where all steps count.</summary>
    public Value? StepMask(TensorType type)
    {
        if (Lengths(type) is not { } lengths)
        {
            return null;
        }

        if (!_masks.TryGetValue(lengths, out var mask))
        {
            _masks[lengths] = mask = Graph.Map(
                lengths.Name, new Shape(type.Axes[0].Extent), Scalar.Greater(Scalar.Read(0), Scalar.Coordinate(0)), (lengths, new Shape(1)));
        }

        return mask;
    }

    /// <summary>The value with another number, zero unless given, beyond each sample's length along the axis of time. Itself where all steps count.</summary>
    public Value MaskSteps(string layer, Value value, TensorType type, int axis = 0, double padding = 0) => Lengths(type) is not { } lengths
        ? value
        : Graph.Map(
            layer,
            value.Shape,
            Scalar.Select(Scalar.Greater(Scalar.Read(1), Scalar.Coordinate(axis)), Scalar.Read(0), padding),
            (value, value.Shape),
            (lengths, value.Shape.Ones));

    /// <summary>
    /// The value as it was before the steps beyond each sample's length became zero, where that is known to be finite: for a layer
    /// that leaves those out itself.
    /// </summary>
    public Value Unmasked(Value value) => _unmasked.TryGetValue(value, out var all) ? all : value;

    /// <summary>Says what a value was before its padding became zero; finite.</summary>
    public void SetUnmasked(Value masked, Value all) => _unmasked[masked] = all;

    /// <summary>A stream of random numbers of its own, for each layer that draws some.</summary>
    public int NewRandomStream() => _streams++;

    /// <summary>Makes the lengths of an input's samples known under the input's name.</summary>
    internal void DeclareLengths(string input, Value lengths) => _lengths[input] = lengths;

    /// <summary>Makes a declared parameter known under its full name.</summary>
    internal void Declare(string name, Value value) => _parameters[name] = value;
}
