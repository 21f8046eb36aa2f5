using ModelGen;

namespace TranslationSample;

/// <summary>Messages in pieces of words, as the model takes them.</summary>
/// <param name="Pairs">The messages that fit.</param>
/// <param name="Data">For each the source, its length, the target after the token that begins it, and its length; the labels are the target with the token that ends it.</param>
internal sealed record ParallelText(IReadOnlyList<MessagePair> Pairs, Dataset Data)
{
    /// <summary>Encodes those messages that fit into <see cref="Translator.Length"/> pieces.</summary>
    public static ParallelText Encode(IReadOnlyList<MessagePair> pairs, BytePairVocabulary vocabulary)
    {
        var kept = new List<MessagePair>();
        var (sources, sourceLengths, targets, targetLengths, labels) = (new List<int>(), new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var pair in pairs)
        {
            var (english, foreign) = pair.ForModel();
            var source = vocabulary.Encode(english);
            var target = vocabulary.Encode(foreign, begin: true);
            if (source.Length <= Translator.Length && target.Length <= Translator.Length)
            {
                kept.Add(pair);
                Add(source, sources, sourceLengths);
                Add(target, targets, targetLengths);
                Add([.. target[1..], vocabulary.EndId!.Value], labels, lengths: null);
            }
        }

        return new(
            kept,
            new(
                [Column(sources, Translator.Length), Column(sourceLengths, 1), Column(targets, Translator.Length), Column(targetLengths, 1)],
                [Column(labels, Translator.Length)]));

        void Add(int[] pieces, List<int> to, List<int>? lengths)
        {
            to.AddRange(pieces);
            to.AddRange(Enumerable.Repeat(vocabulary.PaddingId!.Value, Translator.Length - pieces.Length));
            lengths?.Add(pieces.Length);
        }
    }

    private static DatasetColumn Column(List<int> values, int elements) => DatasetColumn.FromInts(values.ToArray(), elements);
}
