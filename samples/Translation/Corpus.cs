using ModelGen;

namespace TranslationSample;

/// <summary>The messages, divided so that no message of one part is all but the same as one of another.</summary>
/// <param name="Train">The messages to learn from: words, phrases and pieces of words come from these alone.</param>
/// <param name="Validation">The messages to choose the best epoch by.</param>
/// <param name="Test">The messages to judge by.</param>
internal sealed record Corpus(IReadOnlyList<MessagePair> Train, IReadOnlyList<MessagePair> Validation, IReadOnlyList<MessagePair> Test)
{
    private const double HeldOutShare = 0.06;
    private const int LeastWords = 2;

    /// <summary>Cleans and divides messages.</summary>
    /// <param name="messages">The messages as the SDK has them.</param>
    /// <param name="seed">The same seed divides them in the same way.</param>
    public static Corpus Create(IEnumerable<MessagePair> messages, long seed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pairs = messages.Where(pair => !IsLaidOut(pair.English) && !IsLaidOut(pair.Foreign))
            .SelectMany(pair => Sentences(MessageText.Clean(pair.English), MessageText.Clean(pair.Foreign)))
            .Where(pair => pair.English != pair.Foreign && pair.English.Split(' ').Length >= LeastWords && pair.Foreign.Length > 0)
            .Where(pair => seen.Add(MessageText.Key(new HiddenNames(pair.English).Text)))
            .ToArray();
        new SeededRandom(seed).Shuffle<MessagePair>(pairs);
        var held = (int)(HeldOutShare * pairs.Length);
        return new(pairs[(2 * held)..], pairs[held..(2 * held)], pairs[..held]);
    }

    // Where both have as many sentences they are translated one by one; else the message stays whole.
    private static IEnumerable<MessagePair> Sentences(string english, string foreign)
    {
        var (ours, theirs) = (MessageText.Sentences(english), MessageText.Sentences(foreign));
        return ours.Length == theirs.Length ? ours.Zip(theirs, (one, other) => new MessagePair(one, other)) : [new(english, foreign)];
    }

    // Pages of help are drawn with line ends and tabulators.
    private static bool IsLaidOut(string text) => text.AsSpan().Trim().IndexOfAny("\r\n\t") >= 0;
}
