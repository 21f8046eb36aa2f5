namespace ModelGen.Tests.Numerics;

/// <summary>Floats from the whole range, by their bits: every kind, sign and exponent is among them.</summary>
internal static class FloatSample
{
    private const int BatchLength = 1 << 16;

    // Prime, so that the low bits of the sample take every value.
    private const int Stride = 997;

    /// <summary>The numbers at which something changes.</summary>
    private static readonly float[] s_special =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0.34657359f, -0.34657359f, 0.99999994f, 1.0000001f, 0.70710678f, 1.41421356f,
        88.72283f, 88.72284f, 88.37626f, -86.98698f, -87.33654f, -87.33655f, 9.01f, -9.01f, 9.02f, 3.83f, -3.83f, 3.93f, 17.3f, -17.3f, -0.99999994f,
        BitConverter.UInt32BitsToSingle(0x7FC12345), BitConverter.UInt32BitsToSingle(0xFFFFFFFF), BitConverter.UInt32BitsToSingle(0x7F800001),
    ];

    /// <summary>The sample in pieces, each a multiple of 16 numbers long.</summary>
    public static IEnumerable<float[]> Batches()
    {
        var special = new float[(s_special.Length + 15) / 16 * 16];
        s_special.CopyTo(special, 0);
        yield return special;

        for (var first = 0L; first <= uint.MaxValue; first += (long)BatchLength * Stride)
        {
            var batch = new float[BatchLength];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = BitConverter.UInt32BitsToSingle((uint)(first + ((long)i * Stride)));
            }

            yield return batch;
        }
    }
}
