using System.Runtime.InteropServices;
using System.Text;

namespace ModelGen;

/// <summary>
/// Word pieces learned from text: a token for each of the 256 bytes of UTF-8, then one for each pair of neighbouring tokens
/// that was merged. Frequent words are one token, rare ones several, and every text can be written and read back unchanged.
/// </summary>
/// <remarks>
/// R. Sennrich, B. Haddow and A. Birch, "Neural machine translation of rare words with subword units", 2016, on bytes as
/// in A. Radford et al., "Language models are unsupervised multitask learners", 2019. Pairs stay inside a run of letters,
/// digits or other characters with the space before it.
/// </remarks>
public sealed class BytePairVocabulary : Vocabulary
{
    internal const string KindName = "byte pairs";

    /// <summary>The tokens that every vocabulary has after its special ones.</summary>
    internal const int Bytes = 256;

    /// <summary>The most bytes of a token.</summary>
    internal const int MostTokenBytes = 1024;

    private readonly (int First, int Second)[] _merges;
    private readonly Dictionary<(int First, int Second), int> _ranks;
    private readonly byte[][] _tokens;

    /// <summary>A vocabulary of pairs that were merged, each of symbols before it: 0 … 255 the bytes, 256 the first pair.</summary>
    internal BytePairVocabulary((int First, int Second)[] merges, SpecialTokens special)
        : base(special)
    {
        _merges = merges;
        _ranks = new(merges.Length);
        _tokens = new byte[Bytes + merges.Length][];
        for (var symbol = 0; symbol < Bytes; symbol++)
        {
            _tokens[symbol] = [(byte)symbol];
        }

        for (var rank = 0; rank < merges.Length; rank++)
        {
            _ranks.Add(merges[rank], Bytes + rank);
            _tokens[Bytes + rank] = [.. _tokens[merges[rank].First], .. _tokens[merges[rank].Second]];
        }
    }

    /// <inheritdoc/>
    public override int Count => SpecialCount + _tokens.Length;

    /// <inheritdoc/>
    internal override string Kind => KindName;

    /// <summary>The pairs that were merged, in order.</summary>
    internal ReadOnlySpan<(int First, int Second)> Merges => _merges;

    /// <summary>Learns the pieces of texts: merges the most frequent pair of neighbours until there are enough tokens.</summary>
    /// <param name="texts">The training part of the texts.</param>
    /// <param name="size">The most tokens, special ones and the 256 bytes included.</param>
    /// <param name="special">The special tokens. An unknown token is never needed.</param>
    /// <param name="leastOccurrences">How often a pair must occur to be merged, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="size"/> has no room for the special tokens and the bytes, or <paramref name="leastOccurrences"/> is less than one.
    /// </exception>
    public static BytePairVocabulary Learn(
        IEnumerable<string> texts,
        int size,
        SpecialTokens special = SpecialTokens.Padding | SpecialTokens.Begin | SpecialTokens.End,
        int leastOccurrences = 2)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastOccurrences, 1);
        var merges = size - int.PopCount((int)special) - Bytes;
        ArgumentOutOfRangeException.ThrowIfNegative(merges, nameof(size));
        return new(new BytePairLearner(texts).Learn(merges, leastOccurrences), special);
    }

    /// <inheritdoc/>
    private protected override string Text(int id) => Encoding.UTF8.GetString(_tokens[id - SpecialCount]);

    /// <inheritdoc/>
    private protected override void EncodeText(string text, List<int> ids)
    {
        var symbols = new List<int>();
        foreach (var run in TextPieces.Runs(text))
        {
            symbols.Clear();
            foreach (var value in Encoding.UTF8.GetBytes(text[run]))
            {
                symbols.Add(value);
            }

            Merge(symbols);
            foreach (var symbol in symbols)
            {
                ids.Add(SpecialCount + symbol);
            }
        }
    }

    /// <inheritdoc/>
    private protected override string DecodeText(List<int> ids)
    {
        // Characters may be cut between tokens: the bytes are put together first.
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            bytes.AddRange(id == UnknownId ? "\uFFFD"u8 : _tokens[id - SpecialCount]);
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    // Again and again the pair that was learned first.
    private void Merge(List<int> symbols)
    {
        while (true)
        {
            var best = int.MaxValue;
            for (var i = 1; i < symbols.Count; i++)
            {
                if (_ranks.TryGetValue((symbols[i - 1], symbols[i]), out var symbol))
                {
                    best = Math.Min(best, symbol);
                }
            }

            if (best == int.MaxValue)
            {
                return;
            }

            var (first, second) = _merges[best - Bytes];
            var kept = 0;
            for (var i = 0; i < symbols.Count; i++)
            {
                var pair = i + 1 < symbols.Count && symbols[i] == first && symbols[i + 1] == second;
                symbols[kept++] = pair ? best : symbols[i];
                i += pair ? 1 : 0;
            }

            symbols.RemoveRange(kept, symbols.Count - kept);
        }
    }
}
