namespace ModelGen.Reference.Oracles.Layers;

/// <summary>Softmax over the channels at every place: y_c = exp(x_c) / Σ_k exp(x_k); or its logarithm.</summary>
internal sealed class SoftmaxOracle(OracleType input, bool logarithm) : OracleLayer(input, input)
{
    /// <summary>The softmax of a line of numbers, computed around the largest.</summary>
    public static double[] Softmax(double[] line)
    {
        var largest = line.Max();
        var sum = line.Sum(x => Math.Exp(x - largest));
        return [.. line.Select(x => Math.Exp(x - largest) / sum)];
    }

    /// <summary>The logarithm of the softmax of a line of numbers.</summary>
    public static double[] LogSoftmax(double[] line)
    {
        var largest = line.Max();
        var logSum = largest + Math.Log(line.Sum(x => Math.Exp(x - largest)));
        return [.. line.Select(x => x - logSum)];
    }

    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        var lines = Input.ChannelLines;
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var line = 0; line < lines.Count; line++)
            {
                var elements = lines.Read(x[sample], line);
                lines.Write(y[sample], line, logarithm ? LogSoftmax(elements) : Softmax(elements));
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        var lines = Input.ChannelLines;
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var line = 0; line < lines.Count; line++)
            {
                var result = lines.Read(y[sample], line);
                var outer = lines.Read(dy[sample], line);

                // Softmax: dx = y (dy − Σ dy·y). Its logarithm: dx = dy − exp(y) Σ dy.
                var sum = logarithm ? outer.Sum() : outer.Zip(result, (d, p) => d * p).Sum();
                lines.Write(dx[sample], line, [.. result.Zip(outer, (p, d) => logarithm ? d - (Math.Exp(p) * sum) : p * (d - sum))]);
            }
        }

        return dx;
    }
}
