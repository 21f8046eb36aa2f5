namespace ModelGen;

/// <summary>
/// A token for each of the most frequent words. A word is a run of letters, digits and apostrophes; every other character
/// but white space is a word of its own. Decoding puts a space between words, so that the spacing of the text is lost.
/// </summary>
public sealed class WordVocabulary : Vocabulary
{
    internal const string KindName = "words";

    private readonly string[] _words;
    private readonly Dictionary<string, int> _ids;

    internal WordVocabulary(string[] words, SpecialTokens special)
        : base(special)
    {
        _words = words;
        _ids = TokenTable.Index(words, SpecialCount);
    }

    /// <inheritdoc/>
    public override int Count => SpecialCount + _words.Length;

    /// <inheritdoc/>
    internal override string Kind => KindName;

    /// <summary>The words, from the id <see cref="Vocabulary.SpecialCount"/> on.</summary>
    internal ReadOnlySpan<string> Words => _words;

    /// <summary>The most frequent words of texts; of equally frequent ones the first in ordinal order.</summary>
    /// <param name="texts">The training part of the texts.</param>
    /// <param name="size">The most tokens, special ones included.</param>
    /// <param name="special">The special tokens.</param>
    /// <param name="leastOccurrences">How often a word must occur, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There would be no room for a word, or <paramref name="leastOccurrences"/> is less than one.
    /// </exception>
    public static WordVocabulary FromTexts(
        IEnumerable<string> texts, int size, SpecialTokens special = SpecialTokens.Padding | SpecialTokens.Unknown, int leastOccurrences = 1)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastOccurrences, 1);
        var room = size - int.PopCount((int)special);
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1, nameof(size));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var word in TextPieces.Words(text))
            {
                var key = text[word];
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        var words = counts
            .Where(pair => pair.Value >= leastOccurrences)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(room)
            .Select(pair => pair.Key);
        return new([.. words], special);
    }

    /// <inheritdoc/>
    private protected override string Text(int id) => _words[id - SpecialCount];

    /// <inheritdoc/>
    private protected override void EncodeText(string text, List<int> ids)
    {
        foreach (var range in TextPieces.Words(text))
        {
            var word = text[range];
            ids.Add(_ids.TryGetValue(word, out var id) ? id : Unknown(word, range.Start.Value));
        }
    }

    /// <inheritdoc/>
    private protected override string DecodeText(List<int> ids) => string.Join(' ', ids.Select(TextOrReplacement));
}
