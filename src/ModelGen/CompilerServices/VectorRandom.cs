using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>
/// Random numbers for compiled kernels such as dropout: a function of a key, a stream, a sample and an element, so that neither
/// the order of work nor the number of threads nor the vector width changes them.
/// </summary>
/// <remarks>
/// Key, stream and element are mixed to 64 bits by the finalizer of SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014). The sample, spread by 2³²/φ, enters with the lower half of them, and the
/// upper half joins halfway through lowbias32, a two-round mixer of 32 bits (C. Wellons, "Prospecting for hash functions", 2018).
/// Numbers are multiples of 2⁻²⁴. For noise, not for secrets.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorRandom
{
    private const uint SampleStep = 0x9E3779B9;
    private const uint FirstMultiplier = 0x7FEB352D;
    private const uint SecondMultiplier = 0x846CA68B;
    private const float Unit = 1f / (1 << 24);

    /// <summary>The number of one sample; the vector methods give the same.</summary>
    /// <param name="key">What differs between the steps of a training.</param>
    /// <param name="stream">What differs between the users of random numbers in a model.</param>
    /// <param name="sample">The position of the sample in the batch.</param>
    /// <param name="element">The position of the element in the sample.</param>
    /// <returns>A number in [0, 1).</returns>
    public static float Uniform(uint key, int stream, uint sample, int element)
    {
        var mixed = Mix(key, stream, element);
        var x = (sample * SampleStep) ^ (uint)mixed;
        x ^= x >> 16;
        x *= FirstMultiplier;
        x ^= (x >> 15) ^ (uint)(mixed >> 32);
        x *= SecondMultiplier;
        x ^= x >> 16;
        return (int)(x >> 8) * Unit;
    }

    /// <summary>The numbers of 16 samples in a row.</summary>
    /// <param name="key">What differs between the steps of a training.</param>
    /// <param name="stream">What differs between the users of random numbers in a model.</param>
    /// <param name="sample">The position of the first lane's sample in the batch.</param>
    /// <param name="element">The position of the element in the sample.</param>
    /// <returns>Numbers in [0, 1), one a sample.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Uniform512(uint key, int stream, uint sample, int element)
    {
        var mixed = Mix(key, stream, element);
        var x = ((Vector512<uint>.Indices + Vector512.Create(sample)) * SampleStep) ^ Vector512.Create((uint)mixed);
        x ^= x >>> 16;
        x *= FirstMultiplier;
        x ^= (x >>> 15) ^ Vector512.Create((uint)(mixed >> 32));
        x *= SecondMultiplier;
        x ^= x >>> 16;
        return Vector512.ConvertToSingle((x >>> 8).AsInt32()) * Unit;
    }

    /// <summary>The numbers of eight samples in a row.</summary>
    /// <inheritdoc cref="Uniform512" path="/param"/>
    /// <returns>Numbers in [0, 1), one a sample.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform256(uint key, int stream, uint sample, int element)
    {
        var mixed = Mix(key, stream, element);
        var x = ((Vector256<uint>.Indices + Vector256.Create(sample)) * SampleStep) ^ Vector256.Create((uint)mixed);
        x ^= x >>> 16;
        x *= FirstMultiplier;
        x ^= (x >>> 15) ^ Vector256.Create((uint)(mixed >> 32));
        x *= SecondMultiplier;
        x ^= x >>> 16;
        return Vector256.ConvertToSingle((x >>> 8).AsInt32()) * Unit;
    }

    /// <summary>The numbers of four samples in a row.</summary>
    /// <inheritdoc cref="Uniform512" path="/param"/>
    /// <returns>Numbers in [0, 1), one a sample.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Uniform128(uint key, int stream, uint sample, int element)
    {
        var mixed = Mix(key, stream, element);
        var x = ((Vector128<uint>.Indices + Vector128.Create(sample)) * SampleStep) ^ Vector128.Create((uint)mixed);
        x ^= x >>> 16;
        x *= FirstMultiplier;
        x ^= (x >>> 15) ^ Vector128.Create((uint)(mixed >> 32));
        x *= SecondMultiplier;
        x ^= x >>> 16;
        return Vector128.ConvertToSingle((x >>> 8).AsInt32()) * Unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(uint key, int stream, int element)
    {
        var bits = (((ulong)key << 32) | (uint)stream) * 0xD1342543DE82EF95;
        bits += ((ulong)(uint)element + 1) * 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
