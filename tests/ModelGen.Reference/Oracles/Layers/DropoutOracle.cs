namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): in training y = x / (1 − rate) where the element's random number is at least
/// the rate, else 0; otherwise y = x. Runs of <c>run</c> elements, such as those of a channel, share one number.
/// </summary>
internal sealed class DropoutOracle(OracleType input, double rate, int stream, int run = 1) : OracleLayer(input, input)
{
    public override double[][] Forward(double[][] x, OraclePass pass) => Masked(x, pass);

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass) => Masked(dy, pass);

    private double[][] Masked(double[][] rows, OraclePass pass) => pass.Mode == OracleMode.Evaluate || rate == 0
        ? rows
        : [.. rows.Select((row, sample) => row.Select((x, i) => pass.Noise(stream, sample, i / run) >= rate ? x / (1 - rate) : 0).ToArray())];
}
