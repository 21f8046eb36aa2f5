namespace TranslationSample;

/// <summary>
/// Translates without a network: the longest phrase that is known, by its most frequent translation, then the next (the phrases as in
/// P. Koehn, F. Och and D. Marcu, "Statistical phrase-based translation", 2003). What is not known is copied.
/// </summary>
internal sealed class PhraseBook
{
    private const int LongestPhrase = 6;

    private readonly Dictionary<string, string> _translations = new(StringComparer.Ordinal);

    /// <summary>Learns from messages.</summary>
    public PhraseBook(IReadOnlyList<MessagePair> messages)
    {
        var words = messages.Select(pair => (English: MessageText.Words(pair.English), Foreign: MessageText.Words(pair.Foreign))).ToArray();
        var forward = new WordAlignment([.. words.Select(pair => (pair.English, pair.Foreign))]);
        var backward = new WordAlignment([.. words.Select(pair => (pair.Foreign, pair.English))]);
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (english, foreign) in words)
        {
            // Two words belong together where each is the other's.
            var toEnglish = forward.Align(english, foreign);
            var toForeign = backward.Align(foreign, english);
            var links = Enumerable.Range(0, english.Length).Where(i => toEnglish[toForeign[i]] == i).Select(i => (English: i, Foreign: toForeign[i])).ToArray();
            foreach (var (phrase, translation) in Phrases(english, foreign, links))
            {
                var translations = counts.TryGetValue(phrase, out var known) ? known : counts[phrase] = new(StringComparer.Ordinal);
                translations[translation] = translations.GetValueOrDefault(translation) + 1;
            }
        }

        foreach (var (phrase, translations) in counts)
        {
            _translations.Add(phrase, translations.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key);
        }
    }

    /// <summary>Translates a message; a space between all words and marks.</summary>
    public string Translate(string message)
    {
        var words = MessageText.Words(message);
        var translation = new List<string>();
        for (var start = 0; start < words.Length;)
        {
            var length = Math.Min(LongestPhrase, words.Length - start);
            string? found = null;
            while (length > 1 && !_translations.TryGetValue(Join(words, start, length), out found))
            {
                length--;
            }

            translation.Add(found ?? _translations.GetValueOrDefault(words[start], words[start]));
            start += length;
        }

        return string.Join(' ', translation.Where(phrase => phrase.Length > 0));
    }

    // Runs of words whose partners are a run too, with no partner outside; words without one that follow a run may belong to it.
    private static IEnumerable<(string Phrase, string Translation)> Phrases(string[] english, string[] foreign, (int English, int Foreign)[] links)
    {
        for (var start = 0; start < english.Length; start++)
        {
            for (var length = 1; length <= Math.Min(LongestPhrase, english.Length - start); length++)
            {
                var inside = links.Where(link => link.English >= start && link.English < start + length).Select(link => link.Foreign).ToArray();
                if (inside.Length == 0)
                {
                    continue;
                }

                var (first, last) = (inside.Min(), inside.Max());
                if (links.Any(link => link.Foreign >= first && link.Foreign <= last && (link.English < start || link.English >= start + length)))
                {
                    continue;
                }

                var phrase = Join(english, start, length);
                for (var from = first; from >= 0 && (from == first || IsFree(from)); from--)
                {
                    for (var to = last; to < foreign.Length && (to == last || IsFree(to)); to++)
                    {
                        yield return (phrase, Join(foreign, from, to - from + 1));
                    }
                }
            }
        }

        bool IsFree(int place) => links.All(link => link.Foreign != place);
    }

    private static string Join(string[] words, int start, int length) => string.Join(' ', words, start, length);
}
