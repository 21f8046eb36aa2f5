namespace ModelGen;

/// <summary>One loss over all samples of an evaluation, and the metrics of the output it judges.</summary>
public sealed class LossEvaluation
{
    private readonly long[]? _ranks;

    internal LossEvaluation(string layer, string output, OutputKind kind, double loss, MetricCounter metrics)
    {
        Layer = layer;
        Output = output;
        Kind = kind;
        Loss = loss;
        Count = metrics.Count;
        Accuracy = metrics.Accuracy;
        Confusion = metrics.Confusion;
        MeanAbsoluteError = metrics.MeanAbsoluteError;
        RootMeanSquareError = metrics.RootMeanSquareError;
        _ranks = metrics.Ranks;
    }

    /// <summary>The name of the loss layer.</summary>
    public string Layer { get; }

    /// <summary>The name of the output it judges.</summary>
    public string Output { get; }

    /// <summary>What the numbers of the output are.</summary>
    public OutputKind Kind { get; }

    /// <summary>The loss: the mean over all labels that take part, times the loss's weight.</summary>
    public double Loss { get; }

    /// <summary>The labels that take part in the metrics, each counted once.</summary>
    public long Count { get; }

    /// <summary>
    /// The share of labels that were predicted, 0 … 1: the first most probable class, or the event where its probability is
    /// at least one half. Null for values.
    /// </summary>
    public double? Accuracy { get; }

    /// <summary>
    /// How often each class was taken for each. Events, and decisions of a perceptron, have two classes, and all events of a
    /// sample are counted together. Null for values, and for more than <see cref="ConfusionMatrix.MostClasses"/> classes.
    /// </summary>
    public ConfusionMatrix? Confusion { get; }

    /// <summary>The mean of |prediction − target| over all elements; null unless the output is values.</summary>
    public double? MeanAbsoluteError { get; }

    /// <summary>The root of the mean of (prediction − target)² over all elements; null unless the output is values.</summary>
    public double? RootMeanSquareError { get; }

    /// <summary>The share of labels that are among the <paramref name="k"/> most probable classes, 0 … 1.</summary>
    /// <param name="k">At least one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than one.</exception>
    /// <exception cref="InvalidOperationException">The output is not probabilities over classes.</exception>
    public double TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (_ranks is null)
        {
            throw new InvalidOperationException($"TopK: '{Output}' is {Kind}; expected {OutputKind.ClassProbabilities}.");
        }

        long among = 0;
        for (var rank = 0; rank < Math.Min(k, _ranks.Length); rank++)
        {
            among += _ranks[rank];
        }

        return Count == 0 ? 0 : (double)among / Count;
    }
}
