using ModelGen.Reference.Oracles.Layers.Recurrent;

namespace ModelGen.Reference.Oracles;

/// <summary>How a pass treats the layers that differ between training and use.</summary>
internal enum OracleMode
{
    /// <summary>Batch statistics, dropout.</summary>
    Train,

    /// <summary>Running statistics, no dropout.</summary>
    Evaluate,
}

/// <summary>The uniform random number in [0, 1) of a dropout layer (counted from zero) for an element of a sample.</summary>
internal delegate double OracleNoise(int stream, int sample, int element);

/// <summary>One batch on its way through the layers: the mode, the parameters it reads, the gradients and statistics it makes.</summary>
internal sealed class OraclePass(
    OracleMode mode,
    IReadOnlyDictionary<string, double[]> parameters,
    OracleNoise? noise,
    int[]?[]? lengths = null,
    IReadOnlyDictionary<string, double[][]>? states = null)
{
    private readonly Dictionary<(string Layer, int Sample, int Direction), CellState> _states = [];
    private readonly Dictionary<(string Layer, int Sample, int Direction), CellState> _stateSlopes = [];
    private readonly Dictionary<string, double[]> _gradients = [];
    private readonly Dictionary<string, double[]> _statistics = [];

    /// <summary>Whether the batch is trained on or only looked at.</summary>
    public OracleMode Mode { get; } = mode;

    /// <summary>The gradients collected so far, by the full name of the parameter.</summary>
    public IReadOnlyDictionary<string, double[]> Gradients => _gradients;

    /// <summary>The statistics as they are after the batch, by full name; empty when evaluating.</summary>
    public IReadOnlyDictionary<string, double[]> Statistics => _statistics;

    /// <summary>The value of a parameter or statistic.</summary>
    /// <exception cref="ArgumentException">No value was given for it.</exception>
    public double[] Parameter(OracleLayer layer, string name) =>
        parameters.TryGetValue(layer.FullName(name), out var value)
            ? value
            : throw new ArgumentException($"No value for {layer.FullName(name)}; given are {string.Join(", ", parameters.Keys)}.");

    /// <summary>Where the gradient of a parameter is added up; zero at first.</summary>
    public double[] Gradient(OracleLayer layer, string name)
    {
        if (!_gradients.TryGetValue(layer.FullName(name), out var gradient))
        {
            _gradients[layer.FullName(name)] = gradient = new double[Parameter(layer, name).Length];
        }

        return gradient;
    }

    /// <summary>The final states of the recurrent layers by their names: [sample], h then c of each direction.</summary>
    public IReadOnlyDictionary<string, double[][]> States => _states.GroupBy(state => state.Key.Layer).ToDictionary(
        layer => layer.Key,
        layer => layer.GroupBy(state => state.Key.Sample).OrderBy(sample => sample.Key)
            .Select(sample => sample.OrderBy(state => state.Key.Direction).SelectMany(state => state.Value.Flat).ToArray()).ToArray());

    /// <summary>How many steps of a sample count in a value of the given type.</summary>
    public int Steps(OracleType type, int sample) => type.Lengths >= 0 && lengths?[type.Lengths] is { } given ? given[sample] : type.Extents[0];

    /// <summary>The state a stateful layer goes on from; null at the start.</summary>
    public double[]? InitialState(OracleLayer layer, int sample) => states is not null && states.TryGetValue(layer.Name, out var kept) ? kept[sample] : null;

    /// <summary>The state a recurrent layer ended in.</summary>
    public CellState State(OracleLayer layer, int sample, int direction) => _states[(layer.Name, sample, direction)];

    /// <summary>Keeps the state a recurrent layer ended in.</summary>
    public void SetState(OracleLayer layer, int sample, int direction, CellState state) => _states[(layer.Name, sample, direction)] = state;

    /// <summary>The gradient that layers started from a final state have given back; null where there is none.</summary>
    public CellState? StateSlopes(OracleLayer layer, int sample, int direction) => _stateSlopes.GetValueOrDefault((layer.Name, sample, direction));

    /// <summary>Adds to the gradient of a final state; a cell only where both have one.</summary>
    public void AddStateSlopes(OracleLayer layer, int sample, int direction, CellState slopes)
    {
        var state = State(layer, sample, direction);
        var sum = StateSlopes(layer, sample, direction) ?? new CellState(new double[state.H.Length], new double[state.C.Length]);
        _stateSlopes[(layer.Name, sample, direction)] = new CellState(
            [.. sum.H.Zip(slopes.H, (a, b) => a + b)], slopes.C.Length == sum.C.Length ? [.. sum.C.Zip(slopes.C, (a, b) => a + b)] : sum.C);
    }

    /// <summary>Sets a statistic to its value after the batch.</summary>
    public void UpdateStatistic(OracleLayer layer, string name, double[] value) => _statistics[layer.FullName(name)] = value;

    /// <summary>The random number of a dropout layer for an element of a sample.</summary>
    /// <exception cref="InvalidOperationException">The pass was given no random numbers.</exception>
    public double Noise(int stream, int sample, int element) =>
        (noise ?? throw new InvalidOperationException("A model with dropout is trained, but no random numbers were given."))(stream, sample, element);
}
