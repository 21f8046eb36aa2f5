namespace ModelGen.Reference.Oracles.Layers;

/// <summary>Row xₜ of a table for every token; zero beyond the sample's length.</summary>
internal sealed class EmbeddingOracle(OracleType input, int size) : OracleLayer(
    input,
    new OracleType([input.Extents[0], size], [OracleRole.Time, OracleRole.Feature], Lengths: input.Lengths),
    new OracleParameter("weight", [input.Vocabulary, size]))
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var table = pass.Parameter(this, "weight");
        var y = Zeros(x.Length, Output);
        ForEach(x, pass, (sample, place, entry) => y[sample][place] = table[entry]);
        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var gradient = pass.Gradient(this, "weight");
        ForEach(x, pass, (sample, place, entry) => gradient[entry] += dy[sample][place]);
        return Zeros(x.Length, Input);
    }

    private void ForEach(double[][] x, OraclePass pass, Action<int, int, int> visit)
    {
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var step = 0; step < pass.Steps(Input, sample); step++)
            {
                for (var i = 0; i < size; i++)
                {
                    visit(sample, (step * size) + i, ((int)x[sample][step] * size) + i);
                }
            }
        }
    }
}

/// <summary>A weighted sum over the steps of each sample, whose weights its number of steps alone decides: Last, MeanOverTime.</summary>
internal sealed class OverTimeOracle(OracleType input, Func<int, int, double> weight) : OracleLayer(input, OracleType.ChannelsFirst(input.Extents[1]))
{
    /// <summary>One at the last step, zero before.</summary>
    public static OverTimeOracle Last(OracleType input, string name) => new(input, (step, steps) => step == steps - 1 ? 1 : 0) { Name = name };

    /// <summary>The same at every step.</summary>
    public static OverTimeOracle Mean(OracleType input, string name) => new(input, (_, steps) => 1.0 / steps) { Name = name };

    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        ForEach(x.Length, pass, (sample, place, feature, share) => y[sample][feature] += share * x[sample][place]);
        return y;
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        ForEach(x.Length, pass, (sample, place, feature, share) => dx[sample][place] += share * dy[sample][feature]);
        return dx;
    }

    private void ForEach(int samples, OraclePass pass, Action<int, int, int, double> visit)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            var steps = pass.Steps(Input, sample);
            for (var place = 0; place < steps * Input.Extents[1]; place++)
            {
                visit(sample, place, place % Input.Extents[1], weight(place / Input.Extents[1], steps));
            }
        }
    }
}

/// <summary>Adds a vector for each step's place: sines and cosines of Vaswani et al. (2017), or learned.</summary>
internal sealed class PositionalEncodingOracle(OracleType input, bool learned) : OracleLayer(
    input, input, learned ? [new OracleParameter("weight", input.Extents)] : [])
{
    public override double[][] Forward(double[][] x, OraclePass pass)
    {
        var added = learned ? pass.Parameter(this, "weight") : [.. Enumerable.Range(0, Input.Count).Select(place => Wave(place / Input.Extents[1], place % Input.Extents[1]))];
        return [.. x.Select(row => row.Zip(added, (a, b) => a + b).ToArray())];
    }

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        if (learned)
        {
            var gradient = pass.Gradient(this, "weight");
            foreach (var row in dy)
            {
                for (var place = 0; place < row.Length; place++)
                {
                    gradient[place] += row[place];
                }
            }
        }

        return dy;
    }

    private double Wave(int step, int feature)
    {
        var angle = step / Math.Pow(10000, (feature - (feature % 2)) / (double)Input.Extents[1]);
        return feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    }
}
