using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Compares an output with the labels of a loss, both as lanes: [block][element][16].</summary>
internal abstract class MetricCounter
{
    /// <summary>The labels compared, each counted once.</summary>
    public long Count { get; protected set; }

    /// <summary>The share that was predicted, or null.</summary>
    public virtual double? Accuracy => null;

    /// <summary>How often each class was taken for each, or null.</summary>
    public virtual ConfusionMatrix? Confusion => null;

    /// <summary>How often the true class came at each place in the order of probability, or null.</summary>
    public virtual long[]? Ranks => null;

    /// <summary>The mean of the absolute errors, or null.</summary>
    public virtual double? MeanAbsoluteError => null;

    /// <summary>The root of the mean of the squared errors, or null.</summary>
    public virtual double? RootMeanSquareError => null;

    /// <summary>The counter that suits a loss and the output it judges.</summary>
    public static MetricCounter Create(LossDefinition loss, OutputDefinition output)
    {
        var (labels, elements) = (Extents.Product(loss.LabelShape), Extents.Product(output.Shape));
        return output.Kind switch
        {
            _ when loss.Counted is not null => new NoCounter(),
            OutputKind.ClassProbabilities when loss.Classes > 0 && (long)loss.Classes * labels == elements => new ClassCounter(loss, output),
            OutputKind.Probabilities or OutputKind.Decision when labels == elements => new EventCounter(loss),
            _ when loss.Classes == 0 && labels == elements => new ErrorCounter(loss, output),
            _ => new NoCounter(),
        };
    }

    /// <summary>Compares the blocks of some samples.</summary>
    /// <param name="output">The output.</param>
    /// <param name="labels">The labels; classes as the bits of an <see cref="int"/>.</param>
    /// <param name="samples">The number of samples; the last block may have fewer than 16.</param>
    /// <param name="ends">Which labels of each sample take part.</param>
    public void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, int samples, StepEnds ends)
    {
        var blocks = (samples + Lanes.Count - 1) / Lanes.Count;
        var (outputWords, labelWords) = (output.Length / blocks, labels.Length / blocks);
        Span<int> blockEnds = stackalloc int[Lanes.Count];
        for (var block = 0; block < blocks; block++)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                blockEnds[lane] = ends[(block * Lanes.Count) + lane];
            }

            AddBlock(output.Slice(block * outputWords, outputWords), labels.Slice(block * labelWords, labelWords), blockEnds);
        }
    }

    /// <summary>Compares one block.</summary>
    /// <param name="output">The output.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="ends">For each lane the labels that take part, from the first; none where the lane holds no sample.</param>
    protected abstract void AddBlock(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, ReadOnlySpan<int> ends);
}
