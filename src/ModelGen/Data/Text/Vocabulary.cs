namespace ModelGen;

/// <summary>
/// Turns text into token ids 0 … <see cref="Count"/> − 1 and back: what <c>Tokens(length, Vocabulary = n)</c> takes.
/// A vocabulary never changes, and may be used by any number of threads at once.
/// </summary>
public abstract class Vocabulary
{
    private const string Replacement = "\uFFFD";

    private protected Vocabulary(SpecialTokens special)
    {
        Special = special;
        var next = 0;
        PaddingId = Take(SpecialTokens.Padding);
        BeginId = Take(SpecialTokens.Begin);
        EndId = Take(SpecialTokens.End);
        UnknownId = Take(SpecialTokens.Unknown);
        SpecialCount = next;

        int? Take(SpecialTokens token) => special.HasFlag(token) ? next++ : null;
    }

    /// <summary>The number of tokens, special ones included.</summary>
    public abstract int Count { get; }

    /// <summary>The special tokens there are.</summary>
    public SpecialTokens Special { get; }

    /// <summary>The id of <see cref="SpecialTokens.Padding"/>, 0, or null.</summary>
    public int? PaddingId { get; }

    /// <summary>The id of <see cref="SpecialTokens.Begin"/>, or null.</summary>
    public int? BeginId { get; }

    /// <summary>The id of <see cref="SpecialTokens.End"/>, or null.</summary>
    public int? EndId { get; }

    /// <summary>The id of <see cref="SpecialTokens.Unknown"/>, or null.</summary>
    public int? UnknownId { get; }

    /// <summary>The number of special tokens, which have the ids before all others.</summary>
    internal int SpecialCount { get; }

    /// <summary>What <see cref="Save"/> calls this kind of vocabulary.</summary>
    internal abstract string Kind { get; }

    /// <summary>A token as people read it: its text, or the name of a special token in angle brackets.</summary>
    /// <param name="id">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string this[int id]
    {
        get
        {
            CheckId(id, nameof(id));
            return id >= SpecialCount ? Text(id)
                : id == PaddingId ? "<pad>"
                : id == BeginId ? "<bos>"
                : id == EndId ? "<eos>"
                : "<unk>";
        }
    }

    /// <summary>The ids of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="begin">Whether <see cref="BeginId"/> comes first.</param>
    /// <param name="end">Whether <see cref="EndId"/> comes last.</param>
    /// <exception cref="ArgumentException">Something in the text is not in the vocabulary, which has no unknown token.</exception>
    /// <exception cref="InvalidOperationException">The vocabulary has no begin or end token and one is asked for.</exception>
    public int[] Encode(string text, bool begin = false, bool end = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length + 2);
        if (begin)
        {
            ids.Add(BeginId ?? throw Missing(SpecialTokens.Begin));
        }

        EncodeText(text, ids);
        if (end)
        {
            ids.Add(EndId ?? throw Missing(SpecialTokens.End));
        }

        return [.. ids];
    }

    /// <summary>Writes the ids of a text and fills the rest with <see cref="PaddingId"/>. A text that is too long is cut, an end token with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Receives the ids: one row of a model's tokens.</param>
    /// <param name="begin">Whether <see cref="BeginId"/> comes first.</param>
    /// <param name="end">Whether <see cref="EndId"/> comes last.</param>
    /// <returns>The number of ids that are not padding: the length that goes with the row.</returns>
    /// <exception cref="ArgumentException">Something in the text is not in the vocabulary, which has no unknown token.</exception>
    /// <exception cref="InvalidOperationException">The vocabulary has no padding token, or no begin or end token where one is asked for.</exception>
    public int EncodePadded(string text, Span<int> destination, bool begin = false, bool end = false)
    {
        var padding = PaddingId ?? throw Missing(SpecialTokens.Padding);
        var ids = Encode(text, begin, end);
        var length = Math.Min(ids.Length, destination.Length);
        ids.AsSpan(0, length).CopyTo(destination);
        destination[length..].Fill(padding);
        return length;
    }

    /// <summary>
    /// The text of ids. The first end token ends it; padding and begin tokens are left out; an unknown token becomes the
    /// replacement character U+FFFD.
    /// </summary>
    /// <param name="ids">Ids, such as a model chose.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not that of a token.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var kept = new List<int>(ids.Length);
        foreach (var id in ids)
        {
            CheckId(id, nameof(ids));
            if (id == EndId)
            {
                break;
            }

            if (id >= SpecialCount || id == UnknownId)
            {
                kept.Add(id);
            }
        }

        return DecodeText(kept);
    }

    /// <summary>Writes the vocabulary as a file of JSON; a file of that name is replaced as a whole.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => VocabularyFile.Write(stream, this));
    }

    /// <summary>Reads a vocabulary of any kind that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is damaged or not that of a vocabulary.</exception>
    public static Vocabulary Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file, path);
    }

    /// <summary>Reads a vocabulary of any kind that <see cref="Save"/> wrote, to the end of a stream.</summary>
    /// <param name="stream">The content of the file, plain or compressed with gzip.</param>
    /// <param name="name">What exceptions call the stream.</param>
    /// <exception cref="DataFormatException">The content is damaged or not that of a vocabulary.</exception>
    public static Vocabulary Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return VocabularyFile.Read(CompressedFile.Decompress(stream, name), name);
    }

    /// <summary>The text of a token that is not special.</summary>
    private protected abstract string Text(int id);

    /// <summary>Adds the ids of a text.</summary>
    private protected abstract void EncodeText(string text, List<int> ids);

    /// <summary>The text of ids, of which none is special but <see cref="UnknownId"/>.</summary>
    private protected abstract string DecodeText(List<int> ids);

    /// <summary>The text of one id of <see cref="DecodeText"/>.</summary>
    private protected string TextOrReplacement(int id) => id == UnknownId ? Replacement : Text(id);

    /// <summary>The id of what is not in the vocabulary.</summary>
    private protected int Unknown(string token, int position) => UnknownId ?? throw new ArgumentException(
        $"'{token}' at position {position} of the text is not in the vocabulary, which has no unknown token.", "text");

    private void CheckId(int id, string argument)
    {
        if ((uint)id >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(argument, id, $"There is no token {id}; expected 0 … {Count - 1}.");
        }
    }

    private static InvalidOperationException Missing(SpecialTokens token) =>
        new($"The vocabulary has no {token.ToString().ToLowerInvariant()} token; it was made without SpecialTokens.{token}.");
}
