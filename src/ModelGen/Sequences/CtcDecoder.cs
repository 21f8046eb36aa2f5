namespace ModelGen;

/// <summary>
/// Reads sequences out of a network that was trained with CTC: at every step it gives a probability to each class and to a
/// blank; repeated classes are one, and blanks are dropped.
/// </summary>
/// <remarks>
/// A. Graves et al., "Connectionist temporal classification", 2006; the beam search over prefixes after A. Hannun et al.,
/// "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs", 2014.
/// </remarks>
public static class CtcDecoder
{
    /// <summary>Takes the most probable class of every step: the sequence of the single best path. Allocates nothing.</summary>
    /// <param name="probabilities">[step][class]; logits or logarithms do as well.</param>
    /// <param name="classes">The number of classes, the blank among them.</param>
    /// <param name="sequence">Receives the sequence; at least as long as there are steps.</param>
    /// <param name="blank">The class of the blank.</param>
    /// <returns>The length of the sequence.</returns>
    /// <exception cref="ArgumentException">The probabilities are not whole steps, or the sequence is too short.</exception>
    public static int Greedy(ReadOnlySpan<float> probabilities, int classes, Span<int> sequence, int blank = 0)
    {
        var steps = CountSteps(probabilities, classes, blank);
        if (sequence.Length < steps)
        {
            throw new ArgumentException($"The sequence is {sequence.Length} long; expected room for {steps}, one for each step.", nameof(sequence));
        }

        var length = 0;
        var last = blank;
        for (var step = 0; step < steps; step++)
        {
            var best = TokenSampler.Greedy(probabilities.Slice(step * classes, classes));
            if (best != blank && best != last)
            {
                sequence[length++] = best;
            }

            last = best;
        }

        return length;
    }

    /// <summary>
    /// Adds up the probabilities of all paths that read the same, and keeps the most probable sequences at every step. With
    /// a wide enough beam the result is exact.
    /// </summary>
    /// <param name="probabilities">[step][class], each step's sum 1.</param>
    /// <param name="classes">The number of classes, the blank among them.</param>
    /// <param name="width">The sequences that are kept at every step; positive.</param>
    /// <param name="blank">The class of the blank.</param>
    /// <returns>At most <paramref name="width"/> sequences with the logarithms of their probabilities, the best first.</returns>
    /// <exception cref="ArgumentException">The probabilities are not whole steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not positive.</exception>
    public static IReadOnlyList<BeamResult> Beam(ReadOnlySpan<float> probabilities, int classes, int width, int blank = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var steps = CountSteps(probabilities, classes, blank);
        var beam = new List<Prefix> { new([], 0, double.NegativeInfinity) };
        for (var step = 0; step < steps; step++)
        {
            var row = probabilities.Slice(step * classes, classes);
            var next = new Dictionary<PrefixKey, Prefix>();
            foreach (var prefix in beam)
            {
                for (var symbol = 0; symbol < classes; symbol++)
                {
                    var log = Math.Log(row[symbol]);
                    if (symbol == blank)
                    {
                        Extend(next, prefix.Tokens, prefix.Total + log, isBlank: true);
                    }
                    else if (prefix.Tokens is [.., var last] && last == symbol)
                    {
                        // Without a blank between them a class and its repetition are one.
                        Extend(next, prefix.Tokens, prefix.WithoutBlank + log, isBlank: false);
                        Extend(next, [.. prefix.Tokens, symbol], prefix.WithBlank + log, isBlank: false);
                    }
                    else
                    {
                        Extend(next, [.. prefix.Tokens, symbol], prefix.Total + log, isBlank: false);
                    }
                }
            }

            beam = [.. next.Values.OrderByDescending(prefix => prefix.Total).Take(width)];
        }

        return [.. beam.Select(prefix => new BeamResult(prefix.Tokens, prefix.Total, prefix.Total, IsComplete: true))];
    }

    private static void Extend(Dictionary<PrefixKey, Prefix> prefixes, int[] tokens, double log, bool isBlank)
    {
        if (double.IsNegativeInfinity(log))
        {
            return;
        }

        var key = new PrefixKey(tokens);
        var known = prefixes.TryGetValue(key, out var found) ? found : new(tokens, double.NegativeInfinity, double.NegativeInfinity);
        prefixes[key] = isBlank
            ? known with { WithBlank = LogSum(known.WithBlank, log) }
            : known with { WithoutBlank = LogSum(known.WithoutBlank, log) };
    }

    private static double LogSum(double a, double b)
    {
        var (greater, less) = a > b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(less) ? greater : greater + Math.Log(1 + Math.Exp(less - greater));
    }

    private static int CountSteps(ReadOnlySpan<float> probabilities, int classes, int blank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(blank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(blank, classes);
        return probabilities.Length % classes == 0
            ? probabilities.Length / classes
            : throw new ArgumentException($"{probabilities.Length} probabilities are not whole steps of {classes} classes each.", nameof(probabilities));
    }

    /// <summary>A sequence with the logarithms of the probability of its paths that end in a blank and of the others.</summary>
    private sealed record Prefix(int[] Tokens, double WithBlank, double WithoutBlank)
    {
        public double Total => LogSum(WithBlank, WithoutBlank);
    }

    /// <summary>Compares sequences by their tokens.</summary>
    private readonly struct PrefixKey(int[] tokens) : IEquatable<PrefixKey>
    {
        private readonly int[] _tokens = tokens;

        public bool Equals(PrefixKey other) => _tokens.AsSpan().SequenceEqual(other._tokens);

        public override bool Equals(object? obj) => obj is PrefixKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var token in _tokens)
            {
                hash.Add(token);
            }

            return hash.ToHashCode();
        }
    }
}
