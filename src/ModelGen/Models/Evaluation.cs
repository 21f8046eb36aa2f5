using System.Globalization;

namespace ModelGen;

/// <summary>Losses and metrics of a model over samples. The metrics here are those of the first loss; <see cref="Losses"/> has all.</summary>
public sealed class Evaluation
{
    internal Evaluation(long sampleCount, LossEvaluation[] losses)
    {
        SampleCount = sampleCount;
        Losses = losses;
    }

    /// <summary>The number of samples.</summary>
    public long SampleCount { get; }

    /// <summary>Each loss with its metrics, in declaration order; at least one.</summary>
    public IReadOnlyList<LossEvaluation> Losses { get; }

    /// <summary>All losses together.</summary>
    public double Loss => Losses.Sum(loss => loss.Loss);

    /// <inheritdoc cref="LossEvaluation.Accuracy"/>
    public double? Accuracy => Losses[0].Accuracy;

    /// <inheritdoc cref="LossEvaluation.Confusion"/>
    public ConfusionMatrix? Confusion => Losses[0].Confusion;

    /// <inheritdoc cref="LossEvaluation.MeanAbsoluteError"/>
    public double? MeanAbsoluteError => Losses[0].MeanAbsoluteError;

    /// <inheritdoc cref="LossEvaluation.RootMeanSquareError"/>
    public double? RootMeanSquareError => Losses[0].RootMeanSquareError;

    /// <inheritdoc cref="LossEvaluation.TopK"/>
    public double TopK(int k) => Losses[0].TopK(k);

    /// <summary>The loss and the metric that tells most, on one line.</summary>
    public override string ToString()
    {
        var metric = Accuracy is { } accuracy
            ? string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * accuracy:F2} %")
            : RootMeanSquareError is { } error ? string.Create(CultureInfo.InvariantCulture, $", RMSE {error:G6}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{SampleCount:N0} samples: loss {Loss:G6}{metric}");
    }
}
