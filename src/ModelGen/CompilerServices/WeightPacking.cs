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
    public static void Pack(ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps) =>
        Pack(ref weights, ref packed, outputs, paddedOutputs, block, inputs, outerTaps, innerTaps, (nint)inputs * outerTaps * innerTaps, (nint)outerTaps * innerTaps);

    /// <summary>As <see cref="Pack(ref float, ref float, int, int, int, int, int, int)"/>, from [input][output][outer tap][inner tap]: the weights of a transposed convolution.</summary>
    /// <param name="weights">The first weight.</param>
    /// <param name="packed">The first packed word.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="paddedOutputs">The outputs with padding.</param>
    /// <param name="block">The outputs of a block; the last block has the rest.</param>
    /// <param name="inputs">The inputs of each output.</param>
    /// <param name="outerTaps">The taps of all axes but the innermost.</param>
    /// <param name="innerTaps">The taps of the innermost axis.</param>
    public static void PackTransposed(ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps) =>
        Pack(ref weights, ref packed, outputs, paddedOutputs, block, inputs, outerTaps, innerTaps, (nint)outerTaps * innerTaps, (nint)outputs * outerTaps * innerTaps);

    private static void Pack(
        ref float weights, ref float packed, int outputs, int paddedOutputs, int block, int inputs, int outerTaps, int innerTaps, nint outputStride, nint inputStride)
    {
        var terms = inputs * outerTaps * innerTaps;
        for (var start = 0; start < paddedOutputs; start += block)
        {
            var size = Math.Min(block, paddedOutputs - start);
            ref var target = ref Unsafe.Add(ref packed, (nint)start * terms);
            for (var lane = 0; lane < size; lane++)
            {
                var output = start + lane;
                PackOutput(ref Unsafe.Add(ref weights, output < outputs ? output * outputStride : 0), ref Unsafe.Add(ref target, lane), output < outputs, size, inputs, outerTaps, innerTaps, inputStride);
            }
        }
    }

    private static void PackOutput(ref float weights, ref float target, bool isReal, int size, int inputs, int outerTaps, int innerTaps, nint inputStride)
    {
        nint to = 0;
        for (var outer = 0; outer < outerTaps; outer++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var from = (input * inputStride) + (outer * innerTaps);
                for (var inner = 0; inner < innerTaps; inner++)
                {
                    Unsafe.Add(ref target, to) = isReal ? Unsafe.Add(ref weights, from + inner) : 0;
                    to += size;
                }
            }
        }
    }
}
