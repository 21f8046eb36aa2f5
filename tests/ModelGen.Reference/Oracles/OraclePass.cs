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
internal sealed class OraclePass(OracleMode mode, IReadOnlyDictionary<string, double[]> parameters, OracleNoise? noise)
{
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

    /// <summary>Sets a statistic to its value after the batch.</summary>
    public void UpdateStatistic(OracleLayer layer, string name, double[] value) => _statistics[layer.FullName(name)] = value;

    /// <summary>The random number of a dropout layer for an element of a sample.</summary>
    /// <exception cref="InvalidOperationException">The pass was given no random numbers.</exception>
    public double Noise(int stream, int sample, int element) =>
        (noise ?? throw new InvalidOperationException("A model with dropout is trained, but no random numbers were given."))(stream, sample, element);
}
