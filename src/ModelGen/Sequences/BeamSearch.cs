namespace ModelGen;

/// <summary>
/// Looks for the most probable sequence by keeping the best few at every length (beam search). With a beam as wide as there
/// are sequences it finds the best of all.
/// </summary>
/// <remarks>
/// The score is the logarithm of the probability divided by ((5 + length)/6)^<see cref="LengthPenalty"/>, the length counting
/// the end token (Y. Wu et al., "Google's neural machine translation system", 2016).
/// </remarks>
public sealed record BeamSearch
{
    /// <summary>The token that a sequence starts with.</summary>
    public required int Begin { get; init; }

    /// <summary>The token that ends a sequence.</summary>
    public required int End { get; init; }

    /// <summary>The number of tokens there are; positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required int Vocabulary
    {
        get;
        init => field = Setting.Positive(value);
    }

    /// <summary>The sequences that are kept at every length; positive, 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Width
    {
        get;
        init => field = Setting.Positive(value);
    } = 4;

    /// <summary>The most tokens of a sequence, the end token not counted; positive, 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MostTokens
    {
        get;
        init => field = Setting.Positive(value);
    } = 100;

    /// <summary>How much longer sequences are favoured; zero or more, 0 by default: by probability alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public float LengthPenalty
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    /// <summary>
    /// Ends the search once this many times <see cref="Width"/> sequences have ended; above zero. Null, the default, searches until none
    /// of those that go on can be among the best, which with a <see cref="LengthPenalty"/> takes long: 1 is what most translators do.
    /// </summary>
    /// <remarks>J. Kasai et al., "A call for clarity in beam search: how it works and when it stops", 2024.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float? Patience
    {
        get;
        init => field = value is { } patience ? Setting.Positive(patience) : null;
    }

    /// <summary>Searches.</summary>
    /// <typeparam name="TState">What the model remembers of the tokens so far.</typeparam>
    /// <param name="start">The state before the first token.</param>
    /// <param name="step">The model.</param>
    /// <returns>At most <see cref="Width"/> sequences, the best first; at least one.</returns>
    /// <exception cref="InvalidOperationException">The model gives no token a probability above zero.</exception>
    public IReadOnlyList<BeamResult> Run<TState>(TState start, BeamStep<TState> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return RunTogether<TState>([start], (states, tokens, probabilities) =>
        {
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = step(states[i], tokens[i], probabilities.Slice(i * Vocabulary, Vocabulary));
            }
        })[0];
    }

    /// <summary>Searches for several sequences side by side, for models that are faster with a batch than one by one.</summary>
    /// <typeparam name="TState">What the model remembers of the tokens so far.</typeparam>
    /// <param name="starts">The state before the first token of each search.</param>
    /// <param name="step">The model; it gets at most <see cref="Width"/> sequences of each search at a time.</param>
    /// <returns>For each search at most <see cref="Width"/> sequences, the best first; at least one. The same as of each by itself.</returns>
    /// <exception cref="InvalidOperationException">The model gives no token a probability above zero.</exception>
    public IReadOnlyList<IReadOnlyList<BeamResult>> RunTogether<TState>(IReadOnlyList<TState> starts, BeamSteps<TState> step)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(step);
        Beam<TState>[] beams = [.. starts.Select(start => new Beam<TState>(this, start))];
        var states = new TState[beams.Length * Width];
        var tokens = new int[states.Length];
        var probabilities = new float[checked(states.Length * Vocabulary)];
        while (true)
        {
            var count = 0;
            foreach (var hypothesis in beams.SelectMany(beam => beam.Open))
            {
                states[count] = hypothesis.State;
                tokens[count++] = hypothesis.Last;
            }

            if (count == 0)
            {
                return [.. beams.Select(beam => beam.Results())];
            }

            step(states.AsSpan(0, count), tokens.AsSpan(0, count), probabilities.AsSpan(0, count * Vocabulary));
            count = 0;
            foreach (var beam in beams)
            {
                var open = beam.Open.Count;
                beam.Advance(states.AsSpan(count, open), probabilities.AsSpan(count * Vocabulary, open * Vocabulary));
                count += open;
            }
        }
    }

    private double Score(double logProbability, int length) => logProbability / Math.Pow((5.0 + length) / 6, LengthPenalty);

    private sealed record Hypothesis<TState>(int[] Tokens, int Last, TState State, double LogProbability);

    /// <summary>One search: the sequences that go on and those that have ended.</summary>
    private sealed class Beam<TState>(BeamSearch search, TState start)
    {
        private readonly List<BeamResult> _finished = [];
        private readonly List<Hypothesis<TState>> _next = [];
        private int _length;

        /// <summary>The sequences that go on, the most probable first; none when the search is over.</summary>
        public List<Hypothesis<TState>> Open { get; private set; } = [new([], search.Begin, start, 0)];

        /// <summary>Goes on by one token.</summary>
        /// <param name="states">The states after the last tokens of the open sequences.</param>
        /// <param name="probabilities">[sequence][token].</param>
        public void Advance(ReadOnlySpan<TState> states, ReadOnlySpan<float> probabilities)
        {
            // Of all tokens after all sequences only the best few are kept: most are less probable than those at first sight.
            _next.Clear();
            for (var i = 0; i < Open.Count; i++)
            {
                var from = Open[i];
                var row = probabilities.Slice(i * search.Vocabulary, search.Vocabulary);
                var least = LeastProbability(from);
                for (var token = 0; token < row.Length; token++)
                {
                    if (row[token] > least && (token == search.End || _length < search.MostTokens))
                    {
                        Insert(new([.. from.Tokens, token], token, states[i], from.LogProbability + Math.Log(row[token])));
                        least = LeastProbability(from);
                    }
                }

                if (_length == search.MostTokens)
                {
                    Finish(from.Tokens, from.LogProbability, _length, isComplete: false);
                }
            }

            Open = [];
            foreach (var hypothesis in _next)
            {
                if (hypothesis.Last == search.End)
                {
                    Finish(hypothesis.Tokens[..^1], hypothesis.LogProbability, _length + 1, isComplete: true);
                }
                else
                {
                    Open.Add(hypothesis);
                }
            }

            _length++;
            if (_finished.Count >= search.Patience * search.Width || (_finished.Count >= search.Width && Open.Count > 0 && IsBeaten(Open[0].LogProbability)))
            {
                Open.Clear();
            }
        }

        /// <summary>What was found, the best first.</summary>
        public IReadOnlyList<BeamResult> Results() => _finished.Count > 0
            ? [.. _finished.OrderByDescending(result => result.IsComplete).ThenByDescending(result => result.Score).Take(search.Width)]
            : throw new InvalidOperationException("The model gives no token a probability above zero.");

        // What a token must exceed to be among the best; zero as long as there are too few. A little less, for what rounding may hide.
        private float LeastProbability(Hypothesis<TState> from) =>
            _next.Count < search.Width ? 0 : (float)(0.999999 * Math.Exp(_next[^1].LogProbability - from.LogProbability));

        // In order, of equals the first.
        private void Insert(Hypothesis<TState> hypothesis)
        {
            var place = _next.Count;
            while (place > 0 && _next[place - 1].LogProbability < hypothesis.LogProbability)
            {
                place--;
            }

            _next.Insert(place, hypothesis);
            if (_next.Count > search.Width)
            {
                _next.RemoveAt(search.Width);
            }
        }

        // What goes on can only become less probable, and is favoured at most as the longest sequence is.
        private bool IsBeaten(double logProbability) =>
            _finished.Select(result => result.Score).Order().ElementAt(_finished.Count - search.Width) >= search.Score(logProbability, search.MostTokens + 1);

        private void Finish(int[] tokens, double logProbability, int length, bool isComplete) =>
            _finished.Add(new(tokens, logProbability, search.Score(logProbability, length), isComplete));
    }
}
