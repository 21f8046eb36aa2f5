namespace ModelGen;

/// <summary>Makes the key of a pass that random numbers are a function of, beside stream, sample and element.</summary>
internal static class RandomKey
{
    /// <summary>The key of a pass over samples.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="step">The updates made before.</param>
    /// <param name="pass">The passes since the last update.</param>
    public static uint Of(int seed, long step, int pass)
    {
        // SplitMix64 takes each of the three in turn.
        var state = unchecked((ulong)seed);
        state = SeededRandom.NextSplitMix(ref state) ^ unchecked((ulong)step);
        state = SeededRandom.NextSplitMix(ref state) ^ unchecked((ulong)pass);
        return (uint)(SeededRandom.NextSplitMix(ref state) >> 32);
    }
}
