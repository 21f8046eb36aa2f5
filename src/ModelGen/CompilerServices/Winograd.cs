using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelGen.CompilerServices;

/// <summary>What Winograd's minimal filtering F(4×4, 3×3) needs once for all samples.</summary>
/// <remarks>Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Winograd
{
    private const int Taps = 3;
    private const int Points = 6;

    /// <summary>
    /// Writes G·g·Gᵀ for each 3×3 kernel g: what its transformed patches are multiplied with at each of 36 points, as
    /// [point][source channel][target channel]. Computed in double precision: it is done once for many samples.
    /// </summary>
    /// <param name="weights">The weights of a convolution: kernels of 9 words, each row-major.</param>
    /// <param name="sources">The channels that are summed over.</param>
    /// <param name="targets">The channels that are computed.</param>
    /// <param name="sourceStride">The kernels from one source channel to the next.</param>
    /// <param name="targetStride">The kernels from one target channel to the next.</param>
    /// <param name="isTurned">Whether each kernel is turned by 180°, as the gradient of the input needs it.</param>
    /// <param name="transformed">Where the result goes.</param>
    /// <param name="pointWords">The words from one point to the next, at least sources × targets.</param>
    /// <param name="sourceWords">The words from one source channel to the next, or zero for the number of target channels.</param>
    public static void TransformWeights(
        ref float weights, int sources, int targets, int sourceStride, int targetStride, bool isTurned, ref float transformed, int pointWords, int sourceWords = 0)
    {
        sourceWords = sourceWords == 0 ? targets : sourceWords;

        // The last tap first where kernels are turned.
        var (first, step) = isTurned ? (Taps * Taps - 1, -1) : (0, 1);
        for (var source = 0; source < sources; source++)
        {
            for (var target = 0; target < targets; target++)
            {
                ref var kernel = ref Unsafe.Add(ref weights, ((source * sourceStride) + (target * targetStride)) * Taps * Taps + first);
                TransformKernel(ref kernel, step, ref Unsafe.Add(ref transformed, (source * sourceWords) + target), pointWords);
            }
        }
    }

    /// <summary>Turns columns of patches, [channel][place][sample], so that channels lie side by side: [sample][place][channel].</summary>
    /// <param name="columns">The vectors of 16 samples.</param>
    /// <param name="places">The vectors of a channel.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="channelWords">The words from one channel to the next.</param>
    /// <param name="samples">Where the result goes.</param>
    /// <param name="placeWords">The words from one place to the next, at least <paramref name="channels"/>.</param>
    /// <param name="sampleWords">The words from one sample to the next.</param>
    public static void TurnPatches(ref float columns, int places, int channels, int channelWords, ref float samples, int placeWords, int sampleWords)
    {
        Span<nint> from = stackalloc nint[Lanes.Count];
        Span<nint> to = stackalloc nint[Lanes.Count];
        for (var i = 0; i < Lanes.Count; i++)
        {
            from[i] = (nint)i * channelWords;
            to[i] = (nint)i * sampleWords;
        }

        for (var place = 0; place < places; place++)
        {
            Lanes.ToRows(ref Unsafe.Add(ref columns, place * Lanes.Count), from, channels, ref Unsafe.Add(ref samples, place * placeWords), to, Lanes.Count);
        }
    }

    /// <summary>Writes the total over the groups of a weight gradient that kernels left as [tap][output channel][input channel].</summary>
    /// <param name="sums">The sums of the first group, which the total replaces.</param>
    /// <param name="stride">The words from one group's sums to the next one's.</param>
    /// <param name="groups">The number of groups, at least one.</param>
    /// <param name="outputs">The output channels.</param>
    /// <param name="inputs">The input channels.</param>
    /// <param name="inputWords">The words they take in a sum.</param>
    /// <param name="gradient">Where the gradient goes, as [output channel][input channel][tap].</param>
    public static void TotalGradient(ref float sums, int stride, int groups, int outputs, int inputs, int inputWords, ref float gradient)
    {
        GroupSums.Total(ref sums, stride, groups, ref sums, Taps * Taps * outputs * inputWords);
        for (var output = 0; output < outputs; output++)
        {
            for (var tap = 0; tap < Taps * Taps; tap++)
            {
                ref var from = ref Unsafe.Add(ref sums, ((tap * outputs) + output) * inputWords);
                ref var to = ref Unsafe.Add(ref gradient, (output * inputs * Taps * Taps) + tap);
                for (var input = 0; input < inputs; input++)
                {
                    Unsafe.Add(ref to, input * Taps * Taps) = Unsafe.Add(ref from, input);
                }
            }
        }
    }

    private static void TransformKernel(ref float kernel, int step, ref float target, int pointWords)
    {
        var (a0, a1, a2, a3, a4, a5) = Transform(kernel, Unsafe.Add(ref kernel, 3 * step), Unsafe.Add(ref kernel, 6 * step));
        var (b0, b1, b2, b3, b4, b5) = Transform(Unsafe.Add(ref kernel, step), Unsafe.Add(ref kernel, 4 * step), Unsafe.Add(ref kernel, 7 * step));
        var (c0, c1, c2, c3, c4, c5) = Transform(Unsafe.Add(ref kernel, 2 * step), Unsafe.Add(ref kernel, 5 * step), Unsafe.Add(ref kernel, 8 * step));
        WriteRow(a0, b0, c0, ref target, pointWords);
        WriteRow(a1, b1, c1, ref Unsafe.Add(ref target, Points * pointWords), pointWords);
        WriteRow(a2, b2, c2, ref Unsafe.Add(ref target, 2 * Points * pointWords), pointWords);
        WriteRow(a3, b3, c3, ref Unsafe.Add(ref target, 3 * Points * pointWords), pointWords);
        WriteRow(a4, b4, c4, ref Unsafe.Add(ref target, 4 * Points * pointWords), pointWords);
        WriteRow(a5, b5, c5, ref Unsafe.Add(ref target, 5 * Points * pointWords), pointWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteRow(double a, double b, double c, ref float target, int pointWords)
    {
        var (p0, p1, p2, p3, p4, p5) = Transform(a, b, c);
        target = (float)p0;
        Unsafe.Add(ref target, pointWords) = (float)p1;
        Unsafe.Add(ref target, 2 * pointWords) = (float)p2;
        Unsafe.Add(ref target, 3 * pointWords) = (float)p3;
        Unsafe.Add(ref target, 4 * pointWords) = (float)p4;
        Unsafe.Add(ref target, 5 * pointWords) = (float)p5;
    }

    /// <summary>G·g: the polynomial g₀ + g₁x + g₂x² at the points 0, 1, −1, 2, −2 and ∞, each scaled as the other transforms expect.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double P0, double P1, double P2, double P3, double P4, double P5) Transform(double g0, double g1, double g2)
    {
        var atOne = (g0 + g2) * (-1.0 / 6);
        var atTwo = (g0 + (4 * g2)) * (1.0 / 24);
        var oddOne = g1 * (1.0 / 6);
        var oddTwo = g1 * (1.0 / 12);
        return (g0 * 0.25, atOne - oddOne, atOne + oddOne, atTwo + oddTwo, atTwo - oddTwo, g2);
    }
}
