namespace ModelGen.Reference.Oracles;

/// <summary>
/// A loss over samples of which each may have a length of its own: padded steps take no part, so a sample is judged as if it were
/// declared as long as it is.
/// </summary>
internal sealed class TimedLoss(LossAttribute attribute, OracleType type)
{
    private readonly Dictionary<int, OracleLoss> _byLength = [];

    /// <summary>The loss of samples of full length.</summary>
    public OracleLoss Whole { get; } = LossCatalogue.Create(attribute, type);

    /// <summary>The loss of a batch: mean and weight applied.</summary>
    public double Value(double[][] x, double[][] labels, OraclePass pass)
    {
        if (type.Lengths < 0)
        {
            return Whole.Value(x, labels);
        }

        var cut = Cut(x, labels, pass);
        return Whole.Scale([.. cut.Select(sample => sample.Labels)]) * cut.Sum(sample => sample.Loss.SampleValue(sample.X, sample.Labels));
    }

    /// <summary>What the sum over all labels that count is multiplied with.</summary>
    public double Scale(double[][] x, double[][] labels, OraclePass pass) =>
        Whole.Scale(type.Lengths < 0 ? labels : [.. Cut(x, labels, pass).Select(sample => sample.Labels)]);

    /// <summary>The gradient of <see cref="Value"/> with respect to x; zero at padded steps.</summary>
    public double[][] Gradient(double[][] x, double[][] labels, OraclePass pass)
    {
        if (type.Lengths < 0)
        {
            return Whole.Gradient(x, labels);
        }

        var cut = Cut(x, labels, pass);
        var scale = Whole.Scale([.. cut.Select(sample => sample.Labels)]);
        return [.. cut.Select(sample =>
        {
            var slopes = new double[type.Count];
            sample.Loss.SampleGradient(sample.X, sample.Labels).Select(slope => scale * slope).ToArray().CopyTo(slopes, 0);
            return slopes;
        })];
    }

    private (OracleLoss Loss, double[] X, double[] Labels)[] Cut(double[][] x, double[][] labels, OraclePass pass) =>
    [
        .. x.Select((row, sample) =>
        {
            var steps = pass.Steps(type, sample);
            if (!_byLength.TryGetValue(steps, out var loss))
            {
                _byLength[steps] = loss = LossCatalogue.Create(attribute, type.With(0, steps));
            }

            var kept = Whole.LabelsAreTranscripts ? labels[sample] : labels[sample][..(labels[sample].Length / type.Extents[0] * steps)];
            return (loss, row[..(row.Length / type.Extents[0] * steps)], kept);
        }),
    ];
}
