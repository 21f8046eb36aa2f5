namespace ModelGen;

/// <summary>
/// Cuts a long text into windows for a model that says what comes next: the inputs are <see cref="Length"/> tokens, the labels
/// the tokens that follow each of them.
/// </summary>
/// <remarks>
/// Every token but the first is the label of one place, so that the mean loss is that of the whole text. Other places have the label
/// <see cref="Ignored"/>, which takes no part in the loss.
/// </remarks>
public sealed record TokenWindows
{
    /// <summary>The label of places that take no part: the one that <see cref="SoftmaxCrossEntropyAttribute"/> ignores unless told otherwise.</summary>
    public const int Ignored = -1;

    /// <summary>The tokens of a window; positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required int Length
    {
        get;
        init => field = Setting.Positive(value);
    }

    /// <summary>
    /// The tokens at the beginning of a window that only give the context of the others: windows overlap by so many. Zero, the
    /// default, to less than <see cref="Length"/>; more is fairer to a model that starts each window from nothing, and slower.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Context
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    /// <summary>
    /// The stretches of equal length that the text is divided into and that are read side by side; positive, 1 by default. Window n
    /// + <see cref="Rows"/> goes on where window n ended: the order for batches of so many samples and layers that are
    /// <see cref="RecurrentAttribute.Stateful"/>. What does not fill a window of every stretch is left out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Rows
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>Cuts a text.</summary>
    /// <param name="tokens">The tokens, in order.</param>
    /// <returns>One input and one label column, both [window][<see cref="Length"/>] of <see cref="int"/>.</returns>
    /// <exception cref="ArgumentException">
    /// There are too few tokens for a window in every stretch; or the context is the whole window, or there is one although stretches go on from
    /// window to window.
    /// </exception>
    public Dataset Cut(ReadOnlySpan<int> tokens)
    {
        if (Context >= Length)
        {
            throw new ArgumentException($"Context is {Context} of the {Length} tokens of a window; expected less, so that there is something to learn.");
        }

        if (Rows > 1 && Context > 0)
        {
            throw new ArgumentException($"Context is {Context} and Rows is {Rows}; the windows of a stretch go on from each other and need none.");
        }

        // The token after a window's last is a label too.
        var perRow = (tokens.Length - 1) / Rows;
        if (perRow < Length)
        {
            throw new ArgumentException(
                $"There are {tokens.Length} tokens; expected at least {(Rows * Length) + 1}, a window of {Length} for each of {Rows} stretches and the token that follows.",
                nameof(tokens));
        }

        return Rows == 1 ? CutWhole(tokens) : CutRows(tokens, perRow);
    }

    private Dataset CutWhole(ReadOnlySpan<int> tokens)
    {
        var stride = Length - Context;
        var last = tokens.Length - 1 - Length;
        var windows = ((last + stride - 1) / stride) + 1;
        var inputs = new int[checked(windows * Length)];
        var labels = new int[inputs.Length];
        var judged = 0;
        for (var window = 0; window < windows; window++)
        {
            // The last window ends with the text, and overlaps as much as it must.
            var start = Math.Min(window * stride, last);
            var target = labels.AsSpan(window * Length, Length);
            tokens.Slice(start, Length).CopyTo(inputs.AsSpan(window * Length));
            tokens.Slice(start + 1, Length).CopyTo(target);
            target[..(judged - start)].Fill(Ignored);
            judged = start + Length;
        }

        return Pair(inputs, labels);
    }

    private Dataset CutRows(ReadOnlySpan<int> tokens, int perRow)
    {
        var steps = perRow / Length;
        var inputs = new int[checked(steps * Rows * Length)];
        var labels = new int[inputs.Length];
        for (var step = 0; step < steps; step++)
        {
            for (var row = 0; row < Rows; row++)
            {
                var start = (row * perRow) + (step * Length);
                var window = ((step * Rows) + row) * Length;
                tokens.Slice(start, Length).CopyTo(inputs.AsSpan(window));
                tokens.Slice(start + 1, Length).CopyTo(labels.AsSpan(window));
            }
        }

        return Pair(inputs, labels);
    }

    private Dataset Pair(int[] inputs, int[] labels) => new([DatasetColumn.FromInts(inputs, Length)], [DatasetColumn.FromInts(labels, Length)]);
}
