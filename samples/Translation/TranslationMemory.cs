using ModelGen;

namespace TranslationSample;

/// <summary>Translates without a network: by the translation of the most similar message that is known, as translators' tools do.</summary>
/// <param name="messages">The messages that are known; at least one.</param>
internal sealed class TranslationMemory(IReadOnlyList<MessagePair> messages)
{
    private readonly (string[] Words, string Foreign)[] _messages =
        [.. messages.Select(pair => (MessageText.Words(pair.English), pair.Foreign))];

    /// <summary>The translation of the message that the fewest edits of words lead to.</summary>
    public string Translate(string message)
    {
        var words = MessageText.Words(message);
        return _messages.MinBy(known => EditDistance.Between<string>(known.Words, words)).Foreign;
    }
}
