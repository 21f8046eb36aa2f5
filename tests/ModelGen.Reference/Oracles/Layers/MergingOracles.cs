namespace ModelGen.Reference.Oracles.Layers;

/// <summary>A layer of two values: the current one, then the labelled one.</summary>
internal abstract class MergingOracle(OracleType current, OracleType labelled, OracleType output, params OracleParameter[] parameters)
    : OracleLayer(current, output, parameters)
{
    /// <summary>The type of the labelled value.</summary>
    protected OracleType Labelled { get; } = labelled;

    /// <summary>The result for a batch.</summary>
    public abstract double[][] Forward(IReadOnlyList<double[][]> x, OraclePass pass);

    /// <summary>The gradient of each value; adds those of the parameters to <paramref name="pass"/>.</summary>
    public abstract IReadOnlyList<double[][]> Backward(IReadOnlyList<double[][]> x, double[][] y, double[][] dy, OraclePass pass);

    public sealed override double[][] Forward(double[][] x, OraclePass pass) => throw new NotSupportedException("It takes two values.");

    public sealed override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass) => throw new NotSupportedException("It takes two values.");
}

/// <summary>y = a + b, where b of another shape is first convolved by one tap without bias and normalised.</summary>
internal sealed class AddOracle : MergingOracle
{
    private readonly OracleLayer? _projection;
    private readonly BatchNormOracle? _normalization;

    private AddOracle(OracleType current, OracleType labelled, string name, OracleLayer? projection, BatchNormOracle? normalization)
        : base(current, labelled, current, [.. Prefixed(projection, name), .. Prefixed(normalization, name)])
    {
        _projection = projection;
        _normalization = normalization;
    }

    public static AddOracle Create(OracleType current, OracleType labelled, string name)
    {
        if (current.Extents.SequenceEqual(labelled.Extents))
        {
            return new AddOracle(current, labelled, name, null, null) { Name = name };
        }

        var filters = current.Extents[current.ChannelAxis];
        OracleLayer projection = current.Roles.Contains(OracleRole.Space)
            ? new ConvolutionOracle(labelled, filters, 1, useBias: false, new SlidingWindow(
                [.. labelled.Extents.Skip(1).Zip(current.Extents.Skip(1), (from, to) => WindowAxis.Padded(from, 1, Stride(from, to), 1, 0))]))
            { Name = name + ".projection" }
            : new DenseOracle(labelled, filters, useBias: false) { Name = name + ".projection" };
        return new AddOracle(current, labelled, name, projection, new BatchNormOracle(current, 0.1f, 1e-5f) { Name = name + ".batch_norm" }) { Name = name };
    }

    public override double[][] Forward(IReadOnlyList<double[][]> x, OraclePass pass)
    {
        var shortcut = _projection is null ? x[1] : _normalization!.Forward(_projection.Forward(x[1], pass), pass);
        return [.. x[0].Zip(shortcut, (a, b) => a.Zip(b, (p, q) => p + q).ToArray())];
    }

    public override IReadOnlyList<double[][]> Backward(IReadOnlyList<double[][]> x, double[][] y, double[][] dy, OraclePass pass)
    {
        if (_projection is null)
        {
            return [dy, dy];
        }

        var projected = _projection.Forward(x[1], pass);
        var normalized = _normalization!.Forward(projected, pass);
        return [dy, _projection.Backward(x[1], projected, _normalization.Backward(projected, normalized, dy, pass), pass)];
    }

    /// <summary>The smallest step by which one place of several is taken so that as many come out.</summary>
    private static int Stride(int from, int to) => Enumerable.Range(1, from).First(stride => (from + stride - 1) / stride == to);

    private static IEnumerable<OracleParameter> Prefixed(OracleLayer? layer, string name) =>
        layer is null ? [] : layer.Parameters.Select(parameter => parameter with { Name = layer.FullName(parameter.Name)[(name.Length + 1)..] });
}

/// <summary>y = a · b, each repeated along axes where it is one, a vector along all axes but the channels.</summary>
internal sealed class MultiplyOracle : MergingOracle
{
    private MultiplyOracle(OracleType current, OracleType labelled, OracleType output)
        : base(current, labelled, output)
    {
    }

    public static MultiplyOracle Create(OracleType current, OracleType labelled, string name)
    {
        var output = current.Extents.Length > labelled.Extents.Length ? current
            : current.Extents.Length < labelled.Extents.Length ? labelled
            : current with { Extents = [.. current.Extents.Zip(labelled.Extents, Math.Max)] };
        return new MultiplyOracle(current, labelled, output) { Name = name };
    }

    public override double[][] Forward(IReadOnlyList<double[][]> x, OraclePass pass)
    {
        var y = Zeros(x[0].Length, Output);
        ForEach((a, b, i) =>
        {
            for (var sample = 0; sample < y.Length; sample++)
            {
                y[sample][i] = x[0][sample][a] * x[1][sample][b];
            }
        });
        return y;
    }

    public override IReadOnlyList<double[][]> Backward(IReadOnlyList<double[][]> x, double[][] y, double[][] dy, OraclePass pass)
    {
        var (da, db) = (Zeros(dy.Length, Input), Zeros(dy.Length, Labelled));
        ForEach((a, b, i) =>
        {
            for (var sample = 0; sample < dy.Length; sample++)
            {
                da[sample][a] += dy[sample][i] * x[1][sample][b];
                db[sample][b] += dy[sample][i] * x[0][sample][a];
            }
        });
        return [da, db];
    }

    private void ForEach(Action<int, int, int> visit)
    {
        var index = 0;
        foreach (var place in Places.All(Output.Extents))
        {
            visit(IndexIn(Input, place), IndexIn(Labelled, place), index++);
        }
    }

    private int IndexIn(OracleType type, int[] place) => type.Extents.Length == Output.Extents.Length
        ? Places.Index([.. place.Zip(type.Extents, (position, extent) => extent == 1 ? 0 : position)], type.Extents)
        : place[Output.ChannelAxis];
}

/// <summary>The channels of a, then those of b, at every place.</summary>
internal sealed class ConcatOracle(OracleType current, OracleType labelled) : MergingOracle(
    current,
    labelled,
    current.With(current.ChannelAxis, current.Extents[current.ChannelAxis] + labelled.Extents[current.ChannelAxis]))
{
    public override double[][] Forward(IReadOnlyList<double[][]> x, OraclePass pass)
    {
        var y = Zeros(x[0].Length, Output);
        for (var sample = 0; sample < y.Length; sample++)
        {
            var row = y[sample];
            ForEach((source, from, to) => row[to] = x[source][sample][from]);
        }

        return y;
    }

    public override IReadOnlyList<double[][]> Backward(IReadOnlyList<double[][]> x, double[][] y, double[][] dy, OraclePass pass)
    {
        double[][][] gradients = [Zeros(dy.Length, Input), Zeros(dy.Length, Labelled)];
        for (var sample = 0; sample < dy.Length; sample++)
        {
            var row = dy[sample];
            ForEach((source, from, to) => gradients[source][sample][from] += row[to]);
        }

        return gradients;
    }

    private void ForEach(Action<int, int, int> visit)
    {
        var (whole, first, second) = (Output.ChannelLines, Input.ChannelLines, Labelled.ChannelLines);
        for (var line = 0; line < whole.Count; line++)
        {
            for (var channel = 0; channel < whole.Length; channel++)
            {
                var isFirst = channel < first.Length;
                visit(isFirst ? 0 : 1, isFirst ? first.Index(line, channel) : second.Index(line, channel - first.Length), whole.Index(line, channel));
            }
        }
    }
}
