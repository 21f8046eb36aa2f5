namespace ModelGen.Reference.Oracles;

/// <summary>
/// A loss as its textbook formula: the mean over all labels of the batch that count, times its weight; and what a prediction
/// shows of the value it judges.
/// </summary>
internal abstract class OracleLoss(OracleType input, double weight, int[] labelExtents)
{
    /// <summary>The type of the value it judges.</summary>
    public OracleType Input { get; } = input;

    /// <summary>The extents of the labels of one sample.</summary>
    public int[] LabelExtents { get; } = labelExtents;

    /// <summary>The number of classes a label may name; zero for targets.</summary>
    public virtual int Classes => 0;

    /// <summary>The class label that takes no part, or null.</summary>
    public virtual int? IgnoredLabel => null;

    /// <summary>Whether targets lie between zero and one.</summary>
    public virtual bool TargetsAreProbabilities => false;

    /// <summary>Whether a sample's labels are a transcript, with a number of labels of its own up to the extent of its labels.</summary>
    public virtual bool LabelsAreTranscripts => false;

    /// <summary>The labels of a sample as the graph reads them; themselves unless each sample has a number of its own.</summary>
    public virtual double[] Laid(double[] labels) => labels;

    /// <summary>What it is multiplied with beside other losses.</summary>
    public double Weight { get; } = weight;

    /// <summary>What the sum over all labels is multiplied with: the weight divided by the number of labels that count; zero where none does.</summary>
    public double Scale(double[][] labels) => Divisor(labels) is var divisor && divisor == 0 ? 0 : Weight / divisor;

    /// <summary>The loss of a batch: mean and weight applied.</summary>
    public double Value(double[][] x, double[][] labels) => Scale(labels) * x.Select((row, sample) => SampleValue(row, labels[sample])).Sum();

    /// <summary>The gradient of <see cref="Value"/> with respect to x.</summary>
    public double[][] Gradient(double[][] x, double[][] labels)
    {
        var scale = Scale(labels);
        return [.. x.Select((row, sample) => SampleGradient(row, labels[sample]).Select(slope => scale * slope).ToArray())];
    }

    /// <summary>What a prediction shows of one sample's value.</summary>
    public abstract double[] Prediction(double[] x);

    /// <summary>What the sum of all samples is divided by: the number of labels that count, or the sum of their weights.</summary>
    public virtual double Divisor(double[][] labels) => labels.Sum(row => row.Length);

    /// <summary>The loss of one sample: the sum over its labels.</summary>
    public abstract double SampleValue(double[] x, double[] labels);

    /// <summary>The gradient of <see cref="SampleValue"/>.</summary>
    public abstract double[] SampleGradient(double[] x, double[] labels);
}
