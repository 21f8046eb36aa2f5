namespace TranslationSample;

/// <summary>
/// How probable it is that a word of one language stands for a word of another, learned from whole messages: the first model of P.
/// Brown et al., "The mathematics of statistical machine translation", 1993.
/// </summary>
internal sealed class WordAlignment
{
    private const int Rounds = 5;
    private const string Nothing = "";

    private readonly Dictionary<(string From, string To), double> _probabilities = [];

    /// <summary>Learns from pairs of messages in words.</summary>
    public WordAlignment(IReadOnlyList<(string[] From, string[] To)> messages)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Improve(messages);
        }
    }

    /// <summary>For each word of <paramref name="to"/> the place in <paramref name="from"/> of the word that it most probably stands for; of several the one nearest in place.</summary>
    public int[] Align(string[] from, string[] to)
    {
        var places = new int[to.Length];
        for (var j = 0; j < to.Length; j++)
        {
            var expected = (double)j * from.Length / to.Length;
            places[j] = Enumerable.Range(0, from.Length).MinBy(i => (-_probabilities.GetValueOrDefault((from[i], to[j])), Math.Abs(i - expected)));
        }

        return places;
    }

    // One round of expectation and maximisation; the first takes all words for equally probable.
    private void Improve(IReadOnlyList<(string[] From, string[] To)> messages)
    {
        var counts = new Dictionary<(string From, string To), double>();
        var totals = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (from, to) in messages)
        {
            string[] sources = [Nothing, .. from];
            foreach (var word in to)
            {
                var weights = Array.ConvertAll(sources, source => Probability(source, word));
                var sum = weights.Sum(weight => weight);
                foreach (var (source, weight) in sources.Zip(weights))
                {
                    var share = weight / sum;
                    counts[(source, word)] = counts.GetValueOrDefault((source, word)) + share;
                    totals[source] = totals.GetValueOrDefault(source) + share;
                }
            }
        }

        _probabilities.Clear();
        foreach (var (pair, count) in counts)
        {
            _probabilities.Add(pair, count / totals[pair.From]);
        }
    }

    private double Probability(string from, string to) => _probabilities.Count == 0 ? 1 : _probabilities.GetValueOrDefault((from, to));
}
