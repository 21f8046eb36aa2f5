using System.Numerics;

namespace ModelGen;

/// <summary>
/// A generator of random numbers that gives the same sequence for a seed on every machine, runtime and operating system,
/// which <see cref="Random"/> does not promise. Not for secrets, and not for use by several threads at once.
/// </summary>
/// <remarks>
/// The generator is xoshiro256** (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators",
/// ACM Transactions on Mathematical Software 47(4), 2021; period 2²⁵⁶ − 1). Its state is filled from the seed by SplitMix64
/// (G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), as its authors recommend.
/// Everything derived from the 64-bit numbers uses only operations that IEEE 754 rounds in one way.
/// </remarks>
public sealed class SeededRandom
{
    /// <summary>The number of words <see cref="ExportState"/> writes and <see cref="ImportState"/> reads.</summary>
    public const int StateLength = 4;

    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the sequence that belongs to a seed.</summary>
    /// <param name="seed">Any number; neighbouring seeds give unrelated sequences.</param>
    public SeededRandom(long seed)
    {
        var counter = unchecked((ulong)seed);
        _s0 = NextSplitMix(ref counter);
        _s1 = NextSplitMix(ref counter);
        _s2 = NextSplitMix(ref counter);
        _s3 = NextSplitMix(ref counter);
    }

    /// <summary>Starts one of many independent sequences that belong to a seed, such as one for each parameter or epoch.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="index">Which sequence; each differs from the others and from <c>new SeededRandom(seed)</c>.</param>
    /// <returns>A generator at the start of that sequence.</returns>
    public static SeededRandom Derive(long seed, long index)
    {
        var mixed = Mix(unchecked((ulong)seed + GoldenGamma));
        return new SeededRandom(unchecked((long)Mix(mixed + (ulong)index)));
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>Any value, each equally likely.</returns>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform number, a multiple of 2⁻²⁴.</summary>
    /// <returns>A number in [0, 1).</returns>
    public float NextSingle() => (int)(NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A uniform number, a multiple of 2⁻⁵³.</summary>
    /// <returns>A number in [0, 1).</returns>
    public double NextDouble() => (long)(NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A uniform integer below a bound, without the bias of a remainder.</summary>
    /// <param name="bound">The number of different results; at least 1.</param>
    /// <returns>An integer in [0, <paramref name="bound"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019.</remarks>
    public int NextInt(int bound)
    {
        if (bound <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bound), bound, "The bound of a random integer must be at least 1.");
        }

        var range = (uint)bound;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            // The lowest 2³² mod range products of each result are one too many: draw again.
            var threshold = unchecked(0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A number of the normal distribution with mean 0 and variance 1.</summary>
    /// <returns>A finite number.</returns>
    /// <remarks>
    /// The polar method (G. Marsaglia and T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6(3), 1964).
    /// The second number of each pair is dropped, so that the state is the generator's alone.
    /// </remarks>
    public double NextGaussian()
    {
        double x;
        double square;
        do
        {
            x = (2 * NextDouble()) - 1;
            var y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        return x * Math.Sqrt(-2 * Log(square) / square);
    }

    /// <summary>Puts values into a random order, each order equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The values to reorder in place.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var chosen = NextInt(last + 1);
            (values[last], values[chosen]) = (values[chosen], values[last]);
        }
    }

    /// <summary>Writes where in its sequence the generator is.</summary>
    /// <param name="destination">Receives <see cref="StateLength"/> words.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void ExportState(Span<ulong> destination)
    {
        if (destination.Length < StateLength)
        {
            throw new ArgumentException($"The state of a generator takes {StateLength} words; the span has {destination.Length}.", nameof(destination));
        }

        destination[0] = _s0;
        destination[1] = _s1;
        destination[2] = _s2;
        destination[3] = _s3;
    }

    /// <summary>Continues where another generator was when it wrote its state.</summary>
    /// <param name="state">The <see cref="StateLength"/> words that <see cref="ExportState"/> wrote.</param>
    /// <exception cref="ArgumentException"><paramref name="state"/> has another length, or is all zero, which no generator ever reaches.</exception>
    public void ImportState(ReadOnlySpan<ulong> state)
    {
        if (state.Length != StateLength)
        {
            throw new ArgumentException($"The state of a generator is {StateLength} words; the span has {state.Length}.", nameof(state));
        }

        if (!state.ContainsAnyExcept(0ul))
        {
            throw new ArgumentException("The state of a generator is never all zero; this one is.", nameof(state));
        }

        _s0 = state[0];
        _s1 = state[1];
        _s2 = state[2];
        _s3 = state[3];
    }

    internal static ulong NextSplitMix(ref ulong counter) => Mix(counter += GoldenGamma);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    // Math.Log is the platform's C library and differs in the last bit between platforms. Here x is in (0, 1):
    // x = 2ⁿ·m with m in [√½, √2), ln m = 2·artanh((m − 1) / (m + 1)) by its series.
    private static double Log(double x)
    {
        const long sqrtHalfBits = 0x3FE6A09E667F3BCD;
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (bits - sqrtHalfBits) >> 52;
        var mantissa = BitConverter.Int64BitsToDouble(bits - (exponent << 52));
        var ratio = (mantissa - 1) / (mantissa + 1);
        var square = ratio * ratio;
        var series = 0.0;
        for (var denominator = 21; denominator >= 1; denominator -= 2)
        {
            series = (series * square) + (1.0 / denominator);
        }

        return (exponent * 0.693147180559945309417) + (2 * ratio * series);
    }
}
