namespace ModelGen.Reference.Oracles.Layers;

/// <summary>An activation: a function of one number and its derivative, the latter of the operand x and the result y.</summary>
internal sealed class ElementwiseOracle(OracleType input, Func<double, double> function, Func<double, double, double> derivative)
    : OracleLayer(input, input)
{
    public override double[][] Forward(double[][] x, OraclePass pass) => [.. x.Select(row => row.Select(function).ToArray())];

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass) =>
        [.. x.Select((row, sample) => row.Select((operand, i) => dy[sample][i] * derivative(operand, y[sample][i])).ToArray())];
}
