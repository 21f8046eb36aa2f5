namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Attention of H heads (Vaswani et al. 2017): Q, K and V linear in x (K and V in the memory, if any); head h of the features
/// d·h to d·(h + 1) is softmax(Q·Kᵀ/√d)·V over the valid, and where causal not later, steps; all heads once more linear.
/// </summary>
internal sealed class MultiHeadAttentionOracle(OracleType input, OracleType? memory, int heads, bool causal) : MemoryOracle(
    input,
    input,
    new OracleParameter("in_proj_weight", [3 * input.Extents[1], input.Extents[1]]),
    new OracleParameter("in_proj_bias", [3 * input.Extents[1]]),
    new OracleParameter("out_proj.weight", [input.Extents[1], input.Extents[1]]),
    new OracleParameter("out_proj.bias", [input.Extents[1]]))
{
    private readonly int _features = input.Extents[1];
    private readonly int _size = input.Extents[1] / heads;

    public override double[][] Forward(double[][] x, double[][]? memory, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        for (var sample = 0; sample < x.Length; sample++)
        {
            var (queries, keys, values) = Project(x[sample], (memory ?? x)[sample], pass);
            for (var t = 0; t < queries.Length; t++)
            {
                double[] joined = [.. Enumerable.Range(0, heads).SelectMany(head => Head(head, t, queries, keys, values, sample, pass).Result)];
                Matrix.Times(pass.Parameter(this, "out_proj.weight"), joined).Zip(pass.Parameter(this, "out_proj.bias"), (a, b) => a + b).ToArray()
                    .CopyTo(y[sample], t * _features);
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] x, double[][]? memory, double[][] y, double[][] dy, double[][]? memorySlopes, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        for (var sample = 0; sample < x.Length; sample++)
        {
            var source = (memory ?? x)[sample];
            var (queries, keys, values) = Project(x[sample], source, pass);
            var (dq, dk, dv) = (Like(queries), Like(keys), Like(values));
            for (var t = 0; t < queries.Length; t++)
            {
                var outer = dy[sample].AsSpan(t * _features, _features).ToArray();
                Add(pass.Gradient(this, "out_proj.bias"), 0, outer);
                var all = Enumerable.Range(0, heads).Select(head => Head(head, t, queries, keys, values, sample, pass)).ToArray();
                var joinedSlopes = Matrix.Backward(
                    pass.Parameter(this, "out_proj.weight"), [.. all.SelectMany(head => head.Result)], outer, pass.Gradient(this, "out_proj.weight"));
                for (var head = 0; head < heads; head++)
                {
                    HeadBackward(head, t, all[head].Shares, joinedSlopes);
                }
            }

            ProjectBackward(0, x[sample], dq, dx[sample], pass);
            ProjectBackward(1, source, dk, memorySlopes?[sample] ?? dx[sample], pass);
            ProjectBackward(2, source, dv, memorySlopes?[sample] ?? dx[sample], pass);

            void HeadBackward(int head, int t, double[] shares, double[] slopes)
            {
                var features = Enumerable.Range(head * _size, _size).ToArray();
                double[] shareSlopes = [.. shares.Select((_, s) => features.Sum(i => slopes[i] * values[s][i]))];
                var mean = Matrix.Dot(shares, shareSlopes);
                for (var s = 0; s < shares.Length; s++)
                {
                    var scoreSlope = shares[s] * (shareSlopes[s] - mean) / Math.Sqrt(_size);
                    foreach (var i in features)
                    {
                        dv[s][i] += shares[s] * slopes[i];
                        dq[t][i] += scoreSlope * keys[s][i];
                        dk[s][i] += scoreSlope * queries[t][i];
                    }
                }
            }
        }

        return dx;
    }

    private (double[] Shares, double[] Result) Head(int head, int t, double[][] queries, double[][] keys, double[][] values, int sample, OraclePass pass)
    {
        var features = Enumerable.Range(head * _size, _size).ToArray();
        var seen = Math.Min(pass.Steps(memory ?? Input, sample), causal ? t + 1 : int.MaxValue);
        var shares = SoftmaxOracle.Softmax([.. Enumerable.Range(0, seen).Select(s => features.Sum(i => queries[t][i] * keys[s][i]) / Math.Sqrt(_size))]);
        return (shares, [.. features.Select(i => shares.Select((share, s) => share * values[s][i]).Sum())]);
    }

    private (double[][] Queries, double[][] Keys, double[][] Values) Project(double[] x, double[] source, OraclePass pass)
    {
        return (Part(0, x), Part(1, source), Part(2, source));

        double[][] Part(int part, double[] rows) =>
        [
            .. rows.Chunk(_features).Select(row => Matrix.Times(Weight(part, pass.Parameter(this, "in_proj_weight")), row)
                .Zip(pass.Parameter(this, "in_proj_bias").Skip(part * _features), (a, b) => a + b).ToArray()),
        ];
    }

    private void ProjectBackward(int part, double[] rows, double[][] outer, double[] slopes, OraclePass pass)
    {
        var weightSlopes = new double[_features * _features];
        foreach (var (row, t) in rows.Chunk(_features).Select((row, t) => (row, t)))
        {
            Add(slopes, t * _features, Matrix.Backward(Weight(part, pass.Parameter(this, "in_proj_weight")), row, outer[t], weightSlopes));
            Add(pass.Gradient(this, "in_proj_bias"), part * _features, outer[t]);
        }

        Add(pass.Gradient(this, "in_proj_weight"), part * weightSlopes.Length, weightSlopes);
    }

    private double[] Weight(int part, double[] all) => all.AsSpan(part * _features * _features, _features * _features).ToArray();

    private static double[][] Like(double[][] rows) => [.. rows.Select(row => new double[row.Length])];

    private static void Add(double[] sums, int start, double[] addends)
    {
        for (var i = 0; i < addends.Length; i++)
        {
            sums[start + i] += addends[i];
        }
    }
}
