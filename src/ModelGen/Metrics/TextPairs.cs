namespace ModelGen;

/// <summary>What metrics of text and other sequences need.</summary>
internal static class TextPairs
{
    /// <summary>Checks that there is a hypothesis for each reference.</summary>
    /// <exception cref="ArgumentException">The numbers differ.</exception>
    public static void Check<T>(IReadOnlyList<T> references, IReadOnlyList<T> hypotheses)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(hypotheses);
        if (references.Count != hypotheses.Count)
        {
            throw new ArgumentException($"There are {hypotheses.Count} hypotheses; expected {references.Count}, one for each reference.", nameof(hypotheses));
        }
    }

    /// <summary>How often each run of n items occurs.</summary>
    public static Dictionary<string, int> CountRuns(IReadOnlyList<string> items, int n)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var start = 0; start + n <= items.Count; start++)
        {
            // No item holds the separator.
            var run = string.Join('\n', items.Skip(start).Take(n));
            counts[run] = counts.GetValueOrDefault(run) + 1;
        }

        return counts;
    }

    /// <summary>How many of the runs of one text are in the other, each at most as often as it is there.</summary>
    public static long CountShared(Dictionary<string, int> first, Dictionary<string, int> second)
    {
        long shared = 0;
        foreach (var (run, count) in first)
        {
            shared += Math.Min(count, second.GetValueOrDefault(run));
        }

        return shared;
    }
}
