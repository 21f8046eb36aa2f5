namespace ModelGen;

/// <summary>
/// Draws the next token from the probabilities that a model gives: the temperature sharpens or flattens them, then only the
/// most probable tokens are kept, and one of those is drawn in proportion. Belongs to one thread at a time.
/// </summary>
/// <remarks>
/// Top-k: A. Fan, M. Lewis and Y. Dauphin, "Hierarchical neural story generation", 2018. Top-p: A. Holtzman et al., "The
/// curious case of neural text degeneration", 2020. After the first draw from a vocabulary nothing is allocated.
/// </remarks>
public sealed class TokenSampler
{
    private double[] _weights = [];
    private int[] _order = [];

    /// <summary>Probabilities are raised to one over this and scaled to sum 1; positive, 1 by default. 0.5 is careful, 1.5 daring.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float Temperature
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>How many of the most probable tokens are kept; positive, or null, the default, for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? TopK
    {
        get;
        init => field = value is { } number ? Setting.Positive(number) : null;
    }

    /// <summary>The most probable tokens are kept until their probabilities reach this together; above 0, 1 by default for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and at most 1.</exception>
    public float TopP
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "TopP must be above 0 and at most 1.");
    } = 1;

    /// <summary>The most probable token; of equally probable ones the first.</summary>
    /// <param name="probabilities">A probability for each token; at least one. Logits do as well.</param>
    /// <exception cref="ArgumentException">There is no token.</exception>
    public static int Greedy(ReadOnlySpan<float> probabilities)
    {
        if (probabilities.IsEmpty)
        {
            throw new ArgumentException("There are no probabilities; expected one for each token.", nameof(probabilities));
        }

        var best = 0;
        for (var token = 1; token < probabilities.Length; token++)
        {
            best = probabilities[token] > probabilities[best] ? token : best;
        }

        return best;
    }

    /// <summary>Draws a token.</summary>
    /// <param name="probabilities">A probability for each token; need not sum to 1.</param>
    /// <param name="random">Where the choice comes from; it moves on by one number.</param>
    /// <exception cref="ArgumentException">A probability is negative or not finite, or all are zero.</exception>
    public int Next(ReadOnlySpan<float> probabilities, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (_weights.Length != probabilities.Length)
        {
            _weights = new double[probabilities.Length];
            _order = new int[probabilities.Length];
        }

        var greatest = probabilities.IsEmpty ? 0f : probabilities[Greedy(probabilities)];
        for (var token = 0; token < probabilities.Length; token++)
        {
            if (!(probabilities[token] >= 0 && float.IsFinite(probabilities[token])))
            {
                throw new ArgumentException($"The probability of token {token} is {probabilities[token]}; expected a finite number of at least 0.", nameof(probabilities));
            }

            // Relative to the greatest, so that low temperatures underflow only what is never drawn. Negative, so that sorting begins with it.
            _weights[token] = greatest > 0 ? -Math.Pow(probabilities[token] / (double)greatest, 1.0 / Temperature) : 0;
            _order[token] = token;
        }

        if (!(greatest > 0))
        {
            throw new ArgumentException("No token has a probability above zero.", nameof(probabilities));
        }

        var kept = Keep();
        var total = 0.0;
        for (var i = 0; i < kept; i++)
        {
            total -= _weights[i];
        }

        var drawn = random.NextDouble() * total;
        for (var i = 0; i < kept - 1; i++)
        {
            drawn += _weights[i];
            if (drawn < 0)
            {
                return _order[i];
            }
        }

        return _order[kept - 1];
    }

    // Sorts if need be, and says how many of the first tokens take part: those without any weight never do.
    private int Keep()
    {
        // Equal weights keep the order of the tokens, so that the result is the same everywhere.
        _weights.AsSpan().Sort(_order.AsSpan());
        SortEqualRuns();
        var kept = Math.Min(TopK ?? int.MaxValue, _weights.Length);
        while (_weights[kept - 1] == 0)
        {
            kept--;
        }

        if (TopP < 1)
        {
            var total = 0.0;
            foreach (var weight in _weights)
            {
                total -= weight;
            }

            var sum = 0.0;
            for (var i = 0; i < kept; i++)
            {
                sum -= _weights[i];
                if (sum >= TopP * total)
                {
                    return i + 1;
                }
            }
        }

        return kept;
    }

    private void SortEqualRuns()
    {
        for (var start = 0; start < _weights.Length;)
        {
            var end = start + 1;
            while (end < _weights.Length && _weights[end] == _weights[start])
            {
                end++;
            }

            _order.AsSpan(start, end - start).Sort();
            start = end;
        }
    }
}
