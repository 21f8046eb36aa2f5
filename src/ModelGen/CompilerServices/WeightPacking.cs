using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelGen.CompilerServices;

/// <summary>Brings weights into the order in which the kernels of a single sample read them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightPacking
{
    /// <summary>
    /// From [output][input][outer tap][inner tap] to [block of outputs][outer tap][input][inner tap][output of the block];
    /// the outputs that padding adds get zeros.
    /// </summary>
    /// <param name="weights">The first weight.</param>
    /// <param name="packed">The first packed word.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="paddedOutputs">The outputs with padding.</param>
    /// <param name="block">The outputs of a block; the last block has the rest.</param>
    /// <param name="inputs">The inputs of each output.</param>
    /// <param name="outerTaps">The taps of all axes but the innermost.</param>
    /// <param name="innerTaps">The taps of the innermost axis.</param>
    /// <param name="groups">The groups the channels are divided into: an output has weights for the inputs of its own group, the others get zeros.</param>
    public static void Pack(ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps, int groups = 1) =>
        Pack(ref weights, ref packed, outputs, paddedOutputs, block, inputs, outerTaps, innerTaps, groups, isTransposed: false);

    /// <summary>As <see cref="Pack(ref float, ref float, int, int, int, int, int, int, int)"/>, from [input][output][outer tap][inner tap]: the weights of a transposed convolution.</summary>
    /// <param name="weights">The first weight.</param>
    /// <param name="packed">The first packed word.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="paddedOutputs">The outputs with padding.</param>
    /// <param name="block">The outputs of a block; the last block has the rest.</param>
    /// <param name="inputs">The inputs of each output.</param>
    /// <param name="outerTaps">The taps of all axes but the innermost.</param>
    /// <param name="innerTaps">The taps of the innermost axis.</param>
    /// <param name="groups">The groups the channels are divided into: an output has weights for the inputs of its own group, the others get zeros.</param>
    public static void PackTransposed(ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps, int groups = 1) =>
        Pack(ref weights, ref packed, outputs, paddedOutputs, block, inputs, outerTaps, innerTaps, groups, isTransposed: true);

    private static void Pack(
        ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps, int groups, bool isTransposed)
    {
        var taps = (nint)outerTaps * innerTaps;
        var (outputsOfOne, inputsOfOne) = (outputs / groups, inputs / groups);
        var inputStride = isTransposed ? outputsOfOne * taps : taps;
        for (var start = 0; start < paddedOutputs; start += block)
        {
            var size = Math.Min(block, paddedOutputs - start);
            ref var target = ref Unsafe.Add(ref packed, start * inputs * taps);
            for (var lane = 0; lane < size; lane++)
            {
                var output = start + lane;
                var first = output < outputs ? output / outputsOfOne * inputsOfOne : 0;
                var count = output < outputs ? inputsOfOne : 0;
                var from = isTransposed ? (first * inputStride) + (output % outputsOfOne * taps) : output * inputsOfOne * taps;
                PackOutput(ref Unsafe.Add(ref weights, count > 0 ? from : 0), ref Unsafe.Add(ref target, lane), first, count, size, inputs, outerTaps, innerTaps, inputStride);
            }
        }
    }

    private static void PackOutput(ref float weights, ref float target, int first, int count, int size, int inputs, int outerTaps, int innerTaps, nint inputStride)
    {
        nint to = 0;
        for (var outer = 0; outer < outerTaps; outer++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var isReal = (uint)(input - first) < (uint)count;
                var from = ((input - first) * inputStride) + (outer * innerTaps);
                for (var inner = 0; inner < innerTaps; inner++)
                {
                    Unsafe.Add(ref target, to) = isReal ? Unsafe.Add(ref weights, from + inner) : 0;
                    to += size;
                }
            }
        }
    }
}
