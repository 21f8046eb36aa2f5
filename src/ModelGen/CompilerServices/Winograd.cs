using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>What Winograd's minimal filtering F(4×4, 3×3) needs once for all samples.</summary>
/// <remarks>Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Winograd
{
    private const int Taps = 3;
    private const int Points = 6;

    /// <summary>The kernels that are transformed side by side.</summary>
    private const int KernelsAtOnce = 8;

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
    /// <param name="part">Which of the parts that the source channels are divided into.</param>
    /// <param name="parts">The number of parts.</param>
    public static void TransformWeights(
        ref float weights, int sources, int targets, int sourceStride, int targetStride, bool isTurned, ref float transformed, int pointWords, int sourceWords = 0, int part = 0, int parts = 1)
    {
        sourceWords = sourceWords == 0 ? targets : sourceWords;

        // The last tap first where kernels are turned.
        var (first, step) = isTurned ? ((Taps * Taps) - 1, -1) : (0, 1);
        Span<float> kernels = stackalloc float[Taps * Taps * KernelsAtOnce];
        for (int source = sources * part / parts, end = sources * (part + 1) / parts; source < end; source++)
        {
            for (var target = 0; target < targets; target += KernelsAtOnce)
            {
                var count = Math.Min(KernelsAtOnce, targets - target);
                for (var kernel = 0; kernel < count; kernel++)
                {
                    ref var tap = ref Unsafe.Add(ref weights, (((source * sourceStride) + ((target + kernel) * targetStride)) * Taps * Taps) + first);
                    for (var i = 0; i < Taps * Taps; i++)
                    {
                        kernels[(i * KernelsAtOnce) + kernel] = Unsafe.Add(ref tap, i * step);
                    }
                }

                TransformKernels(ref kernels[0], count, ref Unsafe.Add(ref transformed, (source * sourceWords) + target), pointWords);
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

    /// <summary>Transforms kernels side by side: from [tap][kernel] to the points, the first <paramref name="count"/> of them.</summary>
    private static void TransformKernels(ref float kernels, int count, ref float target, int pointWords)
    {
        // G·g, row by row: [row of points][column of taps][kernel].
        Span<double> rows = stackalloc double[Points * Taps * KernelsAtOnce];
        for (var column = 0; column < Taps; column++)
        {
            for (var kernel = 0; kernel < KernelsAtOnce; kernel += Vector256<double>.Count)
            {
                ref var tap = ref Unsafe.Add(ref kernels, (column * KernelsAtOnce) + kernel);
                Transform(
                    Widen(ref tap),
                    Widen(ref Unsafe.Add(ref tap, Taps * KernelsAtOnce)),
                    Widen(ref Unsafe.Add(ref tap, 2 * Taps * KernelsAtOnce)),
                    ref rows[(column * KernelsAtOnce) + kernel],
                    Taps * KernelsAtOnce);
            }
        }

        Span<double> points = stackalloc double[Points * KernelsAtOnce];
        for (var row = 0; row < Points; row++)
        {
            for (var kernel = 0; kernel < KernelsAtOnce; kernel += Vector256<double>.Count)
            {
                ref var column = ref rows[(row * Taps * KernelsAtOnce) + kernel];
                Transform(
                    Vector256.LoadUnsafe(ref column),
                    Vector256.LoadUnsafe(ref column, KernelsAtOnce),
                    Vector256.LoadUnsafe(ref column, 2 * KernelsAtOnce),
                    ref points[kernel],
                    KernelsAtOnce);
            }

            for (var point = 0; point < Points; point++)
            {
                ref var numbers = ref points[point * KernelsAtOnce];
                ref var to = ref Unsafe.Add(ref target, ((row * Points) + point) * pointWords);
                if (count == KernelsAtOnce)
                {
                    Vector256.Narrow(Vector256.LoadUnsafe(ref numbers), Vector256.LoadUnsafe(ref numbers, (nuint)Vector256<double>.Count)).StoreUnsafe(ref to);
                    continue;
                }

                for (var kernel = 0; kernel < count; kernel++)
                {
                    Unsafe.Add(ref to, kernel) = (float)Unsafe.Add(ref numbers, kernel);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(ref float numbers)
    {
        var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref numbers));
        return Vector256.Create(lower, upper);
    }

    /// <summary>G·g: the polynomial g₀ + g₁x + g₂x² at the points 0, 1, −1, 2, −2 and ∞, each scaled as the other transforms expect.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(Vector256<double> g0, Vector256<double> g1, Vector256<double> g2, ref double points, nuint stride)
    {
        var atOne = (g0 + g2) * (-1.0 / 6);
        var atTwo = (g0 + (4 * g2)) * (1.0 / 24);
        var oddOne = g1 * (1.0 / 6);
        var oddTwo = g1 * (1.0 / 12);
        (g0 * 0.25).StoreUnsafe(ref points);
        (atOne - oddOne).StoreUnsafe(ref points, stride);
        (atOne + oddOne).StoreUnsafe(ref points, 2 * stride);
        (atTwo + oddTwo).StoreUnsafe(ref points, 3 * stride);
        (atTwo - oddTwo).StoreUnsafe(ref points, 4 * stride);
        g2.StoreUnsafe(ref points, 5 * stride);
    }
}
