namespace ModelGen;

/// <summary>
/// Samples in memory: a column for each input of a model, then one for each of its losses, in the order in which the model
/// declares them.
/// </summary>
public sealed class Dataset
{
    private readonly DatasetColumn[] _inputs;
    private readonly DatasetColumn[] _labels;

    /// <summary>A data set of the given columns.</summary>
    /// <param name="inputs">A column for each input, in declaration order; at least one.</param>
    /// <param name="labels">A column for each loss, in declaration order; empty for data without labels.</param>
    /// <exception cref="ArgumentException">There is no input, or the columns differ in their number of samples.</exception>
    public Dataset(ReadOnlySpan<DatasetColumn> inputs, ReadOnlySpan<DatasetColumn> labels)
    {
        if (inputs.IsEmpty)
        {
            throw new ArgumentException("A data set needs at least one input column.", nameof(inputs));
        }

        _inputs = inputs.ToArray();
        _labels = labels.ToArray();
        Count = _inputs[0].Count;
        CheckCounts(_inputs, nameof(inputs));
        CheckCounts(_labels, nameof(labels));
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>A column for each input of the model, in declaration order.</summary>
    public ReadOnlySpan<DatasetColumn> Inputs => _inputs;

    /// <summary>A column for each loss of the model, in declaration order.</summary>
    public ReadOnlySpan<DatasetColumn> Labels => _labels;

    /// <summary>One input of numbers and one class for each sample.</summary>
    /// <param name="inputs">[sample][element]; not copied.</param>
    /// <param name="elements">The number of values of one input, at least one.</param>
    /// <param name="labels">A class for each sample; not copied.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or the inputs are not a whole number of samples.</exception>
    public static Dataset ForClassification(ReadOnlyMemory<float> inputs, int elements, ReadOnlyMemory<int> labels) =>
        new([DatasetColumn.FromFloats(inputs, elements)], [DatasetColumn.FromInts(labels)]);

    /// <summary>One input of numbers and one target of numbers for each sample.</summary>
    /// <param name="inputs">[sample][element]; not copied.</param>
    /// <param name="elements">The number of values of one input, at least one.</param>
    /// <param name="targets">[sample][target element]; not copied.</param>
    /// <param name="targetElements">The number of values of one target, at least one.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or a column is not a whole number of samples.</exception>
    public static Dataset ForRegression(ReadOnlyMemory<float> inputs, int elements, ReadOnlyMemory<float> targets, int targetElements = 1) =>
        new([DatasetColumn.FromFloats(inputs, elements)], [DatasetColumn.FromFloats(targets, targetElements)]);

    /// <summary>Samples <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1, over the same memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all there.</exception>
    public Dataset Slice(int start, int count) =>
        new(Array.ConvertAll(_inputs, column => column.Slice(start, count)), Array.ConvertAll(_labels, column => column.Slice(start, count)));

    /// <summary>The first <paramref name="count"/> samples, over the same memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many.</exception>
    public Dataset Take(int count) => Slice(0, count);

    /// <summary>A copy of the given samples in the given order.</summary>
    /// <param name="rows">Positions of samples; one may occur several times.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is not in the data set.</exception>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        var inputs = new DatasetColumn[_inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = _inputs[i].Select(rows);
        }

        var labels = new DatasetColumn[_labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = _labels[i].Select(rows);
        }

        return new(inputs, labels);
    }

    /// <summary>
    /// Two data sets of samples drawn at random: the first of ⌊<paramref name="fraction"/> · <see cref="Count"/> + ½⌋ samples, the
    /// second of the others. The same seed gives the same division everywhere.
    /// </summary>
    /// <param name="fraction">The part of the samples that goes into the first, 0 … 1.</param>
    /// <param name="seed">The seed of the random division.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not in 0 … 1.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, long seed)
    {
        if (!(fraction is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction of the samples that goes into the first part must be in 0 … 1.");
        }

        var order = new int[Count];
        FillShuffledOrder(order, new SeededRandom(seed));
        var first = (int)Math.Floor((fraction * Count) + 0.5);
        return (Select(order.AsSpan(0, first)), Select(order.AsSpan(first)));
    }

    /// <summary>Writes the positions of all samples in random order. Allocates nothing.</summary>
    /// <param name="order">Receives each of 0 … <see cref="Count"/> − 1 once; <see cref="Count"/> long.</param>
    /// <param name="random">Where the order comes from; it moves on.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not <see cref="Count"/> long.</exception>
    public void FillShuffledOrder(Span<int> order, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        FillOrder(order);
        random.Shuffle(order);
    }

    /// <summary>Writes the positions of all samples in their own order. Allocates nothing.</summary>
    /// <param name="order">Receives 0 … <see cref="Count"/> − 1; <see cref="Count"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not <see cref="Count"/> long.</exception>
    public void FillOrder(Span<int> order)
    {
        if (order.Length != Count)
        {
            throw new ArgumentException($"The order is {order.Length} long; expected {Count}, one position for each sample.", nameof(order));
        }

        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }
    }

    private void CheckCounts(DatasetColumn[] columns, string argument)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Count != Count)
            {
                throw new ArgumentException($"Column {i} of the {argument} has {columns[i].Count} samples; expected {Count}, as many as the first input.", argument);
            }
        }
    }
}
