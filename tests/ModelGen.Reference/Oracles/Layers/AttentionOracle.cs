namespace ModelGen.Reference.Oracles.Layers;

/// <summary>
/// Attention over the valid steps m_s of a memory for every query q: a = softmax_s(score(q, m_s)), context = Σ a_s·m_s,
/// y = tanh(W·[context; q]); score qᵀ·W·m or qᵀ·m (Luong et al. 2015) or vᵀ·tanh(W_q·q + W_m·m) (Bahdanau et al. 2015).
/// </summary>
internal sealed class AttentionOracle(OracleType input, OracleType memory, AttentionScore score, int units) : MemoryOracle(
    input,
    input.With(input.ChannelAxis, units),
    [
        .. score switch
        {
            AttentionScore.General => new[] { new OracleParameter("score_weight", [input.Extents[^1], memory.Extents[1]]) },
            AttentionScore.Additive =>
            [
                new OracleParameter("query_weight", [units, input.Extents[^1]]),
                new OracleParameter("memory_weight", [units, memory.Extents[1]]),
                new OracleParameter("score_weight", [units]),
            ],
            _ => [],
        },
        new OracleParameter("output_weight", [units, memory.Extents[1] + input.Extents[^1]]),
    ])
{
    private readonly int _features = input.Extents[^1];
    private readonly int _width = memory.Extents[1];

    public override double[][] Forward(double[][] x, double[][]? memory, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        ForEach(x, memory!, pass, (sample, query, q, steps) =>
        {
            var (_, joined) = Look(q, steps, pass);
            Matrix.Times(pass.Parameter(this, "output_weight"), joined).Select(Math.Tanh).ToArray().CopyTo(y[sample], query * units);
        });
        return y;
    }

    public override double[][] Backward(double[][] x, double[][]? memory, double[][] y, double[][] dy, double[][]? memorySlopes, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        ForEach(x, memory!, pass, (sample, query, q, steps) =>
        {
            var (shares, joined) = Look(q, steps, pass);
            double[] outer = [.. Enumerable.Range(query * units, units).Select(i => dy[sample][i] * (1 - (y[sample][i] * y[sample][i])))];
            var joinedSlopes = Matrix.Backward(pass.Parameter(this, "output_weight"), joined, outer, pass.Gradient(this, "output_weight"));
            var contextSlopes = joinedSlopes[.._width];
            var querySlopes = joinedSlopes[_width..];
            double[] shareSlopes = [.. steps.Select(step => Matrix.Dot(step, contextSlopes))];
            var mean = Matrix.Dot(shares, shareSlopes);
            for (var s = 0; s < steps.Length; s++)
            {
                var stepSlopes = contextSlopes.Select(slope => slope * shares[s]).ToArray();
                ScoreBackward(q, steps[s], shares[s] * (shareSlopes[s] - mean), querySlopes, stepSlopes, pass);
                Add(memorySlopes![sample], s * _width, stepSlopes);
            }

            Add(dx[sample], query * _features, querySlopes);
        });
        return dx;
    }

    /// <summary>The shares of the steps, and context and query one after the other.</summary>
    private (double[] Shares, double[] Joined) Look(double[] q, double[][] steps, OraclePass pass)
    {
        var shares = SoftmaxOracle.Softmax([.. steps.Select(step => Score(q, step, pass))]);
        return (shares, [.. Enumerable.Range(0, _width).Select(i => steps.Zip(shares, (step, share) => share * step[i]).Sum()), .. q]);
    }

    private double Score(double[] q, double[] m, OraclePass pass) => score switch
    {
        AttentionScore.Dot => Matrix.Dot(q, m),
        AttentionScore.General => Matrix.Dot(q, Matrix.Times(pass.Parameter(this, "score_weight"), m)),
        _ => Matrix.Dot(pass.Parameter(this, "score_weight"), Hidden(q, m, pass)),
    };

    private double[] Hidden(double[] q, double[] m, OraclePass pass) =>
    [
        .. Matrix.Times(pass.Parameter(this, "query_weight"), q)
            .Zip(Matrix.Times(pass.Parameter(this, "memory_weight"), m), (a, b) => Math.Tanh(a + b)),
    ];

    private void ScoreBackward(double[] q, double[] m, double outer, double[] querySlopes, double[] stepSlopes, OraclePass pass)
    {
        switch (score)
        {
            case AttentionScore.Dot:
                Add(querySlopes, 0, [.. m.Select(x => outer * x)]);
                Add(stepSlopes, 0, [.. q.Select(x => outer * x)]);
                break;
            case AttentionScore.General:
                Add(querySlopes, 0, [.. Matrix.Times(pass.Parameter(this, "score_weight"), m).Select(x => outer * x)]);
                Add(stepSlopes, 0, Matrix.Backward(pass.Parameter(this, "score_weight"), m, [.. q.Select(x => outer * x)], pass.Gradient(this, "score_weight")));
                break;
            default:
                var hidden = Hidden(q, m, pass);
                Add(pass.Gradient(this, "score_weight"), 0, [.. hidden.Select(x => outer * x)]);
                double[] inner = [.. pass.Parameter(this, "score_weight").Zip(hidden, (v, h) => outer * v * (1 - (h * h)))];
                Add(querySlopes, 0, Matrix.Backward(pass.Parameter(this, "query_weight"), q, inner, pass.Gradient(this, "query_weight")));
                Add(stepSlopes, 0, Matrix.Backward(pass.Parameter(this, "memory_weight"), m, inner, pass.Gradient(this, "memory_weight")));
                break;
        }
    }

    private void ForEach(double[][] x, double[][] memories, OraclePass pass, Action<int, int, double[], double[][]> visit)
    {
        for (var sample = 0; sample < x.Length; sample++)
        {
            double[][] steps = [.. memories[sample].Chunk(_width).Take(pass.Steps(memory, sample))];
            foreach (var (q, query) in x[sample].Chunk(_features).Select((q, query) => (q, query)))
            {
                visit(sample, query, q, steps);
            }
        }
    }

    private static void Add(double[] sums, int start, double[] addends)
    {
        for (var i = 0; i < addends.Length; i++)
        {
            sums[start + i] += addends[i];
        }
    }
}
