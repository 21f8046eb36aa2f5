using System.Collections.Generic;
using ModelGen.Generator.Graph;

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
}

/// <summary>What a layer writes itself into: the graph, the mode, and its own parameters by name.</summary>
internal sealed class Lowering(Graph.Graph graph, Mode mode)
{
    private readonly Dictionary<string, Value> _parameters = [];
    private int _streams;

    public Graph.Graph Graph { get; } = graph;

    public Mode Mode { get; } = mode;

    /// <summary>A parameter or statistic of a layer, such as (<c>conv2d_1</c>, <c>weight</c>).</summary>
    public Value Parameter(Layer layer, string name) => _parameters[layer.Name + "." + name];

    /// <summary>Whether the layer declared that parameter.</summary>
    public bool HasParameter(Layer layer, string name) => _parameters.ContainsKey(layer.Name + "." + name);

    /// <summary>Gives a statistic of the layer its value after this step; training only.</summary>
    public void UpdateStatistic(Layer layer, string name, Value value) =>
        Graph.AddResult(ResultKind.Statistic, Parameter(layer, name).Index, value);

    /// <summary>The state of a recurrent layer after its last step, of each direction: the output's, and the cell's where there is one.</summary>
    public Dictionary<string, IReadOnlyList<(Value Output, Value? Cell)>> FinalStates { get; } = [];

    /// <summary>A stream of random numbers of its own, for each layer that draws some.</summary>
    public int NewRandomStream() => _streams++;

    /// <summary>Makes a declared parameter known under its full name.</summary>
    internal void Declare(string name, Value value) => _parameters[name] = value;
}
