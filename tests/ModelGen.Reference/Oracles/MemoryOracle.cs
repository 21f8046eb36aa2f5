namespace ModelGen.Reference.Oracles;

/// <summary>A layer that may take a second, labelled value beside the one before it.</summary>
internal abstract class MemoryOracle(OracleType input, OracleType output, params OracleParameter[] parameters) : OracleLayer(input, output, parameters)
{
    /// <summary>The result for a batch and its labelled values.</summary>
    public abstract double[][] Forward(double[][] x, double[][]? memory, OraclePass pass);

    /// <summary>The gradient of the input; adds that of the labelled value to <paramref name="memorySlopes"/>.</summary>
    public abstract double[][] Backward(double[][] x, double[][]? memory, double[][] y, double[][] dy, double[][]? memorySlopes, OraclePass pass);

    public sealed override double[][] Forward(double[][] x, OraclePass pass) => Forward(x, null, pass);

    public sealed override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass) => Backward(x, null, y, dy, null, pass);
}
