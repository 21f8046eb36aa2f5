namespace ModelGen.Reference.Interpretation;

/// <summary>What a graph is computed from: the values of its sources, in double precision.</summary>
internal sealed class GraphInputs
{
    /// <summary>The number of samples of the step, at least one.</summary>
    public required int Samples { get; init; }

    /// <summary>The inputs of the network, then the states before the batch: [input][sample][element], row-major; token ids as whole numbers.</summary>
    public IReadOnlyList<double[][]> Inputs { get; init; } = [];

    /// <summary>The labels of the losses: [loss][sample][place], row-major; classes as whole numbers.</summary>
    public IReadOnlyList<double[][]> Labels { get; init; } = [];

    /// <summary>The trained parameters: [parameter][element], row-major.</summary>
    public IReadOnlyList<double[]> Parameters { get; init; } = [];

    /// <summary>The statistics: [statistic][element], row-major.</summary>
    public IReadOnlyList<double[]> Statistics { get; init; } = [];

    /// <summary>What each loss is multiplied with: its weight divided by the number of labels that count.</summary>
    public IReadOnlyList<double> LossScales { get; init; } = [];

    /// <summary>What random numbers are a function of, beside stream, sample and element.</summary>
    public uint RandomKey { get; init; }
}
