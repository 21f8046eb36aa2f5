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

    /// <summary>Searches.</summary>
    /// <typeparam name="TState">What the model remembers of the tokens so far.</typeparam>
    /// <param name="start">The state before the first token.</param>
    /// <param name="step">The model.</param>
    /// <returns>At most <see cref="Width"/> sequences, the best first; at least one.</returns>
    /// <exception cref="InvalidOperationException">The model gives no token a probability above zero.</exception>
    public IReadOnlyList<BeamResult> Run<TState>(TState start, BeamStep<TState> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        List<Hypothesis<TState>> beam = [new([], Begin, start, 0)];
        var finished = new List<BeamResult>();
        var probabilities = new float[Vocabulary];
        for (var length = 0; beam.Count > 0; length++)
        {
            var candidates = new List<(Hypothesis<TState> From, TState State, int Token, double LogProbability)>();
            foreach (var hypothesis in beam)
            {
                var state = step(hypothesis.State, hypothesis.Last, probabilities);
                for (var token = 0; token < Vocabulary; token++)
                {
                    if (probabilities[token] > 0 && (token == End || length < MostTokens))
                    {
                        candidates.Add((hypothesis, state, token, hypothesis.LogProbability + Math.Log(probabilities[token])));
                    }
                }

                if (length == MostTokens)
                {
                    finished.Add(Finish(hypothesis.Tokens, hypothesis.LogProbability, length, isComplete: false));
                }
            }

            beam = [];
            foreach (var (from, state, token, logProbability) in candidates.OrderByDescending(candidate => candidate.LogProbability).Take(Width))
            {
                if (token == End)
                {
                    finished.Add(Finish(from.Tokens, logProbability, length + 1, isComplete: true));
                }
                else
                {
                    beam.Add(new([.. from.Tokens, token], token, state, logProbability));
                }
            }

            // What is left can only become less probable; without a penalty nothing of it can win any more.
            if (LengthPenalty == 0 && finished.Count >= Width && beam.Count > 0
                && finished.Select(result => result.Score).Order().ElementAt(finished.Count - Width) >= beam[0].LogProbability)
            {
                break;
            }
        }

        return finished.Count > 0
            ? [.. finished.OrderByDescending(result => result.IsComplete).ThenByDescending(result => result.Score).Take(Width)]
            : throw new InvalidOperationException("The model gives no token a probability above zero.");
    }

    private BeamResult Finish(int[] tokens, double logProbability, int length, bool isComplete) =>
        new(tokens, logProbability, logProbability / Math.Pow((5.0 + length) / 6, LengthPenalty), isComplete);

    private sealed record Hypothesis<TState>(int[] Tokens, int Last, TState State, double LogProbability);
}
