namespace ModelGen;

/// <summary>
/// The loss of a transcript whose place in time is not known (connectionist temporal classification): −log of the probability
/// of all ways to stretch it over the steps, with blanks between.
/// </summary>
/// <remarks>
/// <para>
/// Takes scores (length, classes), not probabilities. Labels: <see cref="int"/> classes other than the blank, the transcripts of
/// all samples one after the other (<c>transcripts</c>), and for each sample how many are its own (<c>counts</c>); in a data set a
/// column made by <c>DatasetColumn.FromCounted</c>. A sample needs a step for each of its labels and one more between equal
/// neighbours: a transcript that needs more is refused as an argument, where PyTorch's loss is infinite. Where the input comes
/// with lengths, each sample has its own number of steps.
/// </para>
/// <para>
/// Each sample's loss is divided by the number of its labels, or by one if it has none; the mean is over the samples. Predictions
/// show softmax(x), the classes' probabilities at every step, which <c>CtcDecoder</c> reads transcripts from. As torch.nn.CTCLoss; Graves et al., "Connectionist Temporal
/// Classification", ICML 2006.
/// </para>
/// </remarks>
/// <param name="blank">The class that stands for nothing, from zero. Zero unless set.</param>
public sealed class CTCAttribute(int blank = 0) : LossAttribute
{
    /// <summary>The class that stands for nothing.</summary>
    public int Blank { get; } = blank;

    /// <summary>The most labels of a sample; from one to the length. Zero unless set: as many as there are steps.</summary>
    public int MaxLength { get; init; }
}
