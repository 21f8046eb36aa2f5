namespace ModelGen;

/// <summary>
/// A token for each character: each Unicode scalar value that occurs in the texts it is made from, in ascending order.
/// Decoding gives back the text, character by character.
/// </summary>
public sealed class CharacterVocabulary : Vocabulary
{
    internal const string KindName = "characters";

    private readonly string[] _characters;
    private readonly Dictionary<string, int> _ids;

    internal CharacterVocabulary(string[] characters, SpecialTokens special)
        : base(special)
    {
        _characters = characters;
        _ids = TokenTable.Index(characters, SpecialCount);
    }

    /// <inheritdoc/>
    public override int Count => SpecialCount + _characters.Length;

    /// <inheritdoc/>
    internal override string Kind => KindName;

    /// <summary>The characters, from the id <see cref="Vocabulary.SpecialCount"/> on.</summary>
    internal ReadOnlySpan<string> Characters => _characters;

    /// <summary>The characters of a text.</summary>
    /// <param name="text">The training part of the text.</param>
    /// <param name="special">The special tokens; with <see cref="SpecialTokens.Unknown"/> texts may hold other characters too.</param>
    /// <param name="leastOccurrences">How often a character must occur, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="leastOccurrences"/> is less than one.</exception>
    public static CharacterVocabulary FromText(string text, SpecialTokens special = SpecialTokens.None, int leastOccurrences = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromTexts([text], special, leastOccurrences);
    }

    /// <summary>The characters of several texts.</summary>
    /// <param name="texts">The training part of the texts.</param>
    /// <param name="special">The special tokens; with <see cref="SpecialTokens.Unknown"/> texts may hold other characters too.</param>
    /// <param name="leastOccurrences">How often a character must occur, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="leastOccurrences"/> is less than one.</exception>
    public static CharacterVocabulary FromTexts(IEnumerable<string> texts, SpecialTokens special = SpecialTokens.None, int leastOccurrences = 1)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastOccurrences, 1);
        var counts = new SortedDictionary<int, long>();
        foreach (var text in texts)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                counts[rune.Value] = counts.GetValueOrDefault(rune.Value) + 1;
            }
        }

        return new([.. counts.Where(pair => pair.Value >= leastOccurrences).Select(pair => char.ConvertFromUtf32(pair.Key))], special);
    }

    /// <inheritdoc/>
    private protected override string Text(int id) => _characters[id - SpecialCount];

    /// <inheritdoc/>
    private protected override void EncodeText(string text, List<int> ids)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var character = rune.ToString();
            ids.Add(_ids.TryGetValue(character, out var id) ? id : Unknown(character, position));
            position += rune.Utf16SequenceLength;
        }
    }

    /// <inheritdoc/>
    private protected override string DecodeText(List<int> ids) => string.Concat(ids.Select(TextOrReplacement));
}
