using System.Runtime.InteropServices;
using System.Text;

namespace ModelGen;

/// <summary>Finds the pairs of a <see cref="BytePairVocabulary"/>. Of equally frequent pairs the one of lower symbols comes first.</summary>
internal sealed class BytePairLearner
{
    private readonly List<(int[] Symbols, long Count)> _runs = [];
    private readonly List<int> _lengths = [.. Enumerable.Repeat(1, BytePairVocabulary.Bytes)];
    private readonly Dictionary<(int First, int Second), long> _counts = [];
    private readonly Dictionary<(int First, int Second), HashSet<int>> _places = [];

    // A pair's count here may be too high, never too low: pairs only get rarer, until a merge makes new ones.
    private readonly PriorityQueue<(int First, int Second), (long Rarity, int First, int Second)> _queue = new();

    /// <summary>Counts the runs of texts and their pairs of bytes.</summary>
    public BytePairLearner(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var run in TextPieces.Runs(text))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, text[run], out _)++;
            }
        }

        foreach (var (text, count) in counts)
        {
            var run = _runs.Count;
            _runs.Add((Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => (int)value), count));
            AddPairs(run);
        }

        foreach (var pair in _counts.Keys)
        {
            Enqueue(pair);
        }
    }

    /// <summary>Merges the most frequent pair until there are so many, or none is frequent enough.</summary>
    public (int First, int Second)[] Learn(int merges, int leastOccurrences)
    {
        var learned = new List<(int First, int Second)>();
        while (learned.Count < merges && _queue.TryDequeue(out var pair, out var priority))
        {
            var count = _counts[pair];
            if (count != -priority.Rarity)
            {
                Enqueue(pair);
            }
            else if (count >= leastOccurrences)
            {
                _lengths.Add(_lengths[pair.First] + _lengths[pair.Second]);
                Merge(pair, BytePairVocabulary.Bytes + learned.Count);
                learned.Add(pair);
            }
            else
            {
                break;
            }
        }

        return [.. learned];
    }

    private void Merge((int First, int Second) pair, int symbol)
    {
        var made = new HashSet<(int First, int Second)>();
        foreach (var run in _places[pair].ToArray())
        {
            RemovePairs(run);
            var (symbols, count) = _runs[run];
            symbols = Merge(symbols, pair, symbol);
            _runs[run] = (symbols, count);
            AddPairs(run);
            for (var i = 1; i < symbols.Length; i++)
            {
                if (symbols[i - 1] == symbol || symbols[i] == symbol)
                {
                    made.Add((symbols[i - 1], symbols[i]));
                }
            }
        }

        foreach (var pairOfSymbol in made)
        {
            Enqueue(pairOfSymbol);
        }
    }

    private static int[] Merge(int[] symbols, (int First, int Second) pair, int symbol)
    {
        var merged = new List<int>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            if (i + 1 < symbols.Length && (symbols[i], symbols[i + 1]) == pair)
            {
                merged.Add(symbol);
                i++;
            }
            else
            {
                merged.Add(symbols[i]);
            }
        }

        return [.. merged];
    }

    private void AddPairs(int run)
    {
        var (symbols, count) = _runs[run];
        for (var i = 1; i < symbols.Length; i++)
        {
            var pair = (symbols[i - 1], symbols[i]);
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += count;
            if (!_places.TryGetValue(pair, out var places))
            {
                _places.Add(pair, places = []);
            }

            places.Add(run);
        }
    }

    private void RemovePairs(int run)
    {
        var (symbols, count) = _runs[run];
        for (var i = 1; i < symbols.Length; i++)
        {
            var pair = (symbols[i - 1], symbols[i]);
            _counts[pair] -= count;
            _places[pair].Remove(run);
        }
    }

    private void Enqueue((int First, int Second) pair)
    {
        if (_counts[pair] > 0 && _lengths[pair.First] + _lengths[pair.Second] <= BytePairVocabulary.MostTokenBytes)
        {
            _queue.Enqueue(pair, (-_counts[pair], pair.First, pair.Second));
        }
    }
}
