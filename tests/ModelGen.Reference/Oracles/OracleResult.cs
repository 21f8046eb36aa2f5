namespace ModelGen.Reference.Oracles;

/// <summary>The data of one step: a batch for every input and labels for every loss.</summary>
/// <param name="Inputs">[input][sample][element], row-major.</param>
/// <param name="Labels">[loss][sample][place], row-major; classes as whole numbers.</param>
/// <param name="Lengths">[input][sample], or null for an input whose steps all count.</param>
/// <param name="States">What stateful layers go on from, by layer: [sample], h then c; null at the start.</param>
internal sealed record OracleBatch(
    double[][][] Inputs, double[][][] Labels, int[]?[]? Lengths = null, IReadOnlyDictionary<string, double[][]>? States = null)
{
    /// <summary>The number of samples.</summary>
    public int Samples => Inputs[0].Length;

    /// <summary>What the members of a model take for the inputs: the lengths of an input, one for each sample, follow it.</summary>
    public IEnumerable<double[][]> Arguments => Inputs.SelectMany((rows, input) => Lengths?[input] is { } lengths
        ? new[] { rows, [.. lengths.Select(length => new double[] { length })] }
        : [rows]);
}

/// <summary>What a step of training computes, as the oracle sees it.</summary>
/// <param name="Losses">Each loss, its weight included.</param>
/// <param name="Outputs">The values the losses judge, in the order of the outputs: [output][sample][element].</param>
/// <param name="Gradients">The gradient of the sum of all losses for every trained parameter, by its full name.</param>
/// <param name="InputGradients">The gradient of the sum of all losses for every input: [input][sample][element].</param>
/// <param name="Statistics">Every statistic as it is after the step, by its full name.</param>
/// <param name="States">The final states of the recurrent layers by the layer's name: [sample], h then c of each direction.</param>
internal sealed record OracleResult(
    double[] Losses,
    double[][][] Outputs,
    IReadOnlyDictionary<string, double[]> Gradients,
    double[][][] InputGradients,
    IReadOnlyDictionary<string, double[]> Statistics,
    IReadOnlyDictionary<string, double[][]> States)
{
    /// <summary>The sum of all losses.</summary>
    public double Loss => Losses.Sum();
}
