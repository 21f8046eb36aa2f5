using Xunit;

namespace ModelGen.Tests.Sequences;

/// <summary>Compares with all sequences of a small model, whose probabilities depend on everything written so far.</summary>
public sealed class BeamSearchTests
{
    private const int Vocabulary = 4;
    private const int Begin = 0;
    private const int End = 1;
    private const int Most = 4;

    [Theory]
    [InlineData(1, 0f)]
    [InlineData(2, 0f)]
    [InlineData(3, 0.7f)]
    [InlineData(4, 1.5f)]
    public void AWideBeamFindsTheBestOfAllSequences(int seed, float penalty)
    {
        var all = new List<(string Tokens, double Score)>();
        Visit("", 0);
        var search = new BeamSearch { Begin = Begin, End = End, Vocabulary = Vocabulary, Width = 400, MostTokens = Most, LengthPenalty = penalty };

        var results = search.Run($"{seed}:", Step);

        var expected = all.OrderByDescending(sequence => sequence.Score).ToArray();
        var complete = results.Where(result => result.IsComplete).ToArray();
        Assert.Equal(expected.Select(sequence => sequence.Tokens), complete.Select(result => string.Concat(result.Tokens)));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Score, complete[i].Score, 5);
        }

        void Visit(string tokens, double log)
        {
            var probabilities = Probabilities($"{seed}:0{tokens}");
            var length = tokens.Length + 1;
            all.Add((tokens, (log + Math.Log(probabilities[End])) / Math.Pow((5.0 + length) / 6, penalty)));
            if (tokens.Length < Most)
            {
                foreach (var token in new[] { 0, 2, 3 })
                {
                    Visit(tokens + token, log + Math.Log(probabilities[token]));
                }
            }
        }
    }

    [Fact]
    public void ABeamOfOneIsGreedy()
    {
        var tokens = new List<int>();
        for (var last = Begin; ;)
        {
            last = TokenSampler.Greedy(Probabilities("5:0" + string.Concat(tokens)));
            if (last == End || tokens.Count == Most)
            {
                break;
            }

            tokens.Add(last);
        }

        var result = Assert.Single(new BeamSearch { Begin = Begin, End = End, Vocabulary = Vocabulary, Width = 1, MostTokens = Most }.Run("5:", Step));

        Assert.Equal(tokens, result.Tokens);
    }

    [Theory]
    [InlineData(1, 0f)]
    [InlineData(3, 1.5f)]
    public void SearchesSideBySideFindWhatEachFindsByItself(int width, float penalty)
    {
        var search = new BeamSearch { Begin = Begin, End = End, Vocabulary = Vocabulary, Width = width, MostTokens = Most, LengthPenalty = penalty };
        string[] starts = ["6:", "7:", "8:", "9:", "10:"];
        var most = 0;

        var together = search.RunTogether(starts, (Span<string> states, ReadOnlySpan<int> tokens, Span<float> probabilities) =>
        {
            most = Math.Max(most, states.Length);
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = Step(states[i], tokens[i], probabilities.Slice(i * Vocabulary, Vocabulary));
            }
        });

        Assert.True(most <= width * starts.Length, $"{most} sequences at a time.");
        foreach (var (start, results) in starts.Zip(together))
        {
            var alone = search.Run(start, Step);
            Assert.Equal(alone.Select(result => (string.Concat(result.Tokens), result.Score)), results.Select(result => (string.Concat(result.Tokens), result.Score)));
        }
    }

    [Fact]
    public void PatienceEndsTheSearchOnceEnoughSequencesHaveEnded()
    {
        var steps = 0;
        var search = new BeamSearch { Begin = 0, End = 1, Vocabulary = 3, Width = 2, MostTokens = 50, LengthPenalty = 2 };

        // One of two sequences ends at every step: the second after two.
        var results = (search with { Patience = 1 }).Run(0, Split);
        Assert.Equal(2, steps);
        Assert.Equal([0, 1], results.Select(result => result.Tokens.Count).Order());

        // Without patience the favour for long sequences keeps it going.
        search.Run(0, Split);
        Assert.True(steps > 10, $"{steps} steps.");
        Assert.Throws<ArgumentOutOfRangeException>(() => search with { Patience = 0 });

        int Split(int state, int token, Span<float> probabilities)
        {
            steps++;
            probabilities.Clear();
            probabilities[1] = 0.5f;
            probabilities[2] = 0.5f;
            return state;
        }
    }

    [Fact]
    public void ASequenceThatNeverEndsIsCutAndSaysSo()
    {
        var result = Assert.Single(new BeamSearch { Begin = 0, End = 1, Vocabulary = 3, Width = 1, MostTokens = 5 }.Run(0, (state, _, probabilities) =>
        {
            probabilities.Clear();
            probabilities[2] = 1;
            return state;
        }));

        Assert.False(result.IsComplete);
        Assert.Equal([2, 2, 2, 2, 2], result.Tokens);
        Assert.Equal(0, result.LogProbability);
    }

    private static string Step(string state, int token, Span<float> probabilities)
    {
        state += token;
        Probabilities(state).CopyTo(probabilities);
        return state;
    }

    private static float[] Probabilities(string written)
    {
        var random = new SeededRandom(written.Aggregate(17L, (hash, character) => (hash * 31) + character));
        var weights = Enumerable.Range(0, Vocabulary).Select(_ => random.NextSingle() + 0.05f).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }
}
