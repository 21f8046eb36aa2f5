namespace ModelGen.Reference.Oracles;

/// <summary>The data of one step: a batch for every input and labels for every loss.</summary>
/// <param name="Inputs">[input][sample][element], row-major.</param>
/// <param name="Labels">[loss][sample][place], row-major; classes as whole numbers.</param>
internal sealed record OracleBatch(double[][][] Inputs, double[][][] Labels)
{
    /// <summary>The number of samples.</summary>
    public int Samples => Inputs[0].Length;
}

/// <summary>What a step of training computes, as the oracle sees it.</summary>
/// <param name="Losses">Each loss, its weight included.</param>
/// <param name="Outputs">The values the losses judge, in the order of the outputs: [output][sample][element].</param>
/// <param name="Gradients">The gradient of the sum of all losses for every trained parameter, by its full name.</param>
/// <param name="InputGradients">The gradient of the sum of all losses for every input: [input][sample][element].</param>
/// <param name="Statistics">Every statistic as it is after the step, by its full name.</param>
internal sealed record OracleResult(
    double[] Losses,
    double[][][] Outputs,
    IReadOnlyDictionary<string, double[]> Gradients,
    double[][][] InputGradients,
    IReadOnlyDictionary<string, double[]> Statistics)
{
    /// <summary>The sum of all losses.</summary>
    public double Loss => Losses.Sum();
}
