using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Brings labels of which each sample has a number of its own into the lanes, a block of rows after the other.</summary>
internal sealed class CountedFill
{
    private readonly LossDefinition[] _losses;
    private readonly SampleBatch _samples;
    private readonly float[] _rows;

    public CountedFill(LossDefinition[] losses, SampleBatch samples)
    {
        _losses = losses;
        _samples = samples;
        var most = 0;
        foreach (var loss in losses)
        {
            most = loss.Counted is null ? most : Math.Max(most, Extents.Product(loss.LabelShape));
        }

        _rows = new float[Lanes.Count * most];
    }

    /// <summary>Checks that the labels are as many as the counts say.</summary>
    /// <exception cref="ArgumentException">There is not a count for each sample, one is negative, or their sum is not the number of labels.</exception>
    public void Check(int index, int length, ReadOnlySpan<int> counts)
    {
        var loss = _losses[index];
        var counted = loss.Counted!;
        if (counts.Length != _samples.TotalSamples)
        {
            throw new ArgumentException($"{loss.Name}: {counts.Length} counts; expected one for each of the {_samples.TotalSamples} samples.", loss.Name);
        }

        long labels = 0;
        for (var sample = 0; sample < counts.Length; sample++)
        {
            if (counts[sample] < 0)
            {
                throw new ArgumentException($"{loss.Name}: count {counts[sample]} of row {sample}; expected at least 0.", loss.Name);
            }

            labels += counts[sample];
        }

        if (length != labels * counted.Elements)
        {
            throw new ArgumentException(
                $"{loss.Name}: {length} numbers; expected {labels * counted.Elements}, {(counted.Elements == 1 ? "one" : counted.Elements)} for each of the {labels} {counted.Unit} that are counted.",
                loss.Name);
        }
    }

    /// <summary>Fills the labels of a loss with those of the current samples.</summary>
    /// <param name="index">The position of the loss.</param>
    /// <param name="labels">All numbers of all labels, sample after sample.</param>
    /// <param name="counts">How many labels each sample has.</param>
    /// <param name="starts">The first label of each sample; empty where the current samples follow each other from the first row.</param>
    /// <param name="rows">The rows of a data set the samples come from; empty when they stand in the caller's order.</param>
    /// <exception cref="ArgumentException">A sample has more labels than there may be, or one that is out of range.</exception>
    public void Fill(int index, ReadOnlySpan<float> labels, ReadOnlySpan<int> counts, ReadOnlySpan<int> starts, ReadOnlySpan<int> rows)
    {
        var elements = _samples.Labels.Elements[index];
        var next = 0;
        if (starts.IsEmpty)
        {
            foreach (var count in counts[.._samples.FirstSample])
            {
                next += count;
            }
        }

        for (var block = 0; block < _samples.Blocks; block++)
        {
            var first = block * Lanes.Count;
            var lanes = Math.Min(Lanes.Count, _samples.Samples - first);
            for (var lane = 0; lane < lanes; lane++)
            {
                var sample = _samples.FirstSample + first + lane;
                var row = rows.IsEmpty ? sample : rows[sample];
                var start = starts.IsEmpty ? next : starts[row];
                next += counts[row];
                Write(index, labels, start, counts[row], row, first + lane, _rows.AsSpan(lane * elements, elements));
            }

            Lanes.FromRows(ref _rows[0], elements, lanes, elements, ref _samples.Labels.Block(index, block));
        }
    }

    private void Write(int index, ReadOnlySpan<float> labels, int start, int count, int row, int sample, Span<float> target)
    {
        var loss = _losses[index];
        var counted = loss.Counted!;
        if (counted.Write(labels.Slice(start * counted.Elements, count * counted.Elements), Steps(loss, sample), target) is { } wrong)
        {
            throw new ArgumentException($"{loss.Name}: row {row} has {wrong}.", loss.Name);
        }
    }

    /// <summary>The steps of one of the current samples that a loss judges.</summary>
    private int Steps(LossDefinition loss, int sample) => loss switch
    {
        { Lengths: >= 0 and var lengths } => _samples.Lengths(lengths)[sample],
        { Counted: TranscriptLabels transcripts } => transcripts.Steps,
        _ => 0,
    };
}
