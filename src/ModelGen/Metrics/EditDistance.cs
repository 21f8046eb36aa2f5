namespace ModelGen;

/// <summary>
/// The least number of insertions, deletions and substitutions that turn one sequence into another (V. Levenshtein, 1966),
/// and the error rates of recognition that follow from it.
/// </summary>
public static class EditDistance
{
    /// <summary>The distance between two sequences.</summary>
    /// <typeparam name="T">What the sequences are made of.</typeparam>
    /// <param name="reference">What it should be.</param>
    /// <param name="hypothesis">What it is.</param>
    public static int Between<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> hypothesis)
        where T : IEquatable<T>
    {
        // One row of the table: the distance of the first i elements of the reference to every beginning of the hypothesis.
        var row = new int[hypothesis.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 0; i < reference.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < hypothesis.Length; j++)
            {
                var substitution = diagonal + (reference[i].Equals(hypothesis[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substitution, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }

    /// <summary>The distance in words, divided by white space, over all texts, divided by the words of the references.</summary>
    /// <param name="references">What the texts should be.</param>
    /// <param name="hypotheses">What they are; as many.</param>
    /// <returns>0 for no error; may be above 1.</returns>
    /// <exception cref="ArgumentException">The numbers of texts differ, or the references have no words.</exception>
    public static double WordErrorRate(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses) =>
        Rate(references, hypotheses, text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The distance in characters (UTF-16 units) over all texts, divided by the characters of the references.</summary>
    /// <param name="references">What the texts should be.</param>
    /// <param name="hypotheses">What they are; as many.</param>
    /// <returns>0 for no error; may be above 1.</returns>
    /// <exception cref="ArgumentException">The numbers of texts differ, or the references are empty.</exception>
    public static double CharacterErrorRate(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses) =>
        Rate(references, hypotheses, text => text.ToCharArray());

    /// <summary>
    /// The distance in labels over all sequences, divided by the labels of the references: of letters, phonemes or words that a
    /// <see cref="CtcDecoder"/> has read.
    /// </summary>
    /// <remarks>A. Graves, "Supervised sequence labelling with recurrent neural networks", 2012.</remarks>
    /// <param name="references">The labels that the sequences should be.</param>
    /// <param name="hypotheses">What they are; as many.</param>
    /// <returns>0 for no error; may be above 1.</returns>
    /// <exception cref="ArgumentException">The numbers of sequences differ, or the references are empty.</exception>
    public static double LabelErrorRate(IReadOnlyList<int[]> references, IReadOnlyList<int[]> hypotheses) =>
        Rate(references, hypotheses, sequence => sequence);

    private static double Rate<TSequence, T>(IReadOnlyList<TSequence> references, IReadOnlyList<TSequence> hypotheses, Func<TSequence, T[]> split)
        where T : IEquatable<T>
    {
        TextPairs.Check(references, hypotheses);
        long edits = 0;
        long length = 0;
        for (var i = 0; i < references.Count; i++)
        {
            var reference = split(references[i]);
            edits += Between<T>(reference, split(hypotheses[i]));
            length += reference.Length;
        }

        return length > 0
            ? (double)edits / length
            : throw new ArgumentException("The references are empty; expected something to recognise.", nameof(references));
    }
}
