using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>
/// Labels of which each sample has a number of its own: how those of one sample are checked and laid out in a row that is as long
/// for every sample, which is what programs read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CountedLabels
{
    private protected CountedLabels()
    {
    }

    /// <summary>The numbers of one label.</summary>
    public abstract int Elements { get; }

    /// <summary>Whether they are <see cref="int"/>; otherwise they are <see cref="float"/>.</summary>
    public abstract bool IsInt { get; }

    /// <summary>What labels are called in messages.</summary>
    internal abstract string Unit { get; }

    /// <summary>Lays out the labels of one sample.</summary>
    /// <param name="labels">All numbers of its labels; an <see cref="int"/> as its bits.</param>
    /// <param name="steps">The steps of the sample that count; meaningless where the loss judges no steps.</param>
    /// <param name="row">Receives them: as many words as the label shape of the loss has.</param>
    /// <returns>Null, or what is wrong with them and what is expected: the end of a message.</returns>
    internal abstract string? Write(ReadOnlySpan<float> labels, int steps, Span<float> row);
}
