using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.CompilerServices;

/// <summary>Brings weights into the order in which kernels read them.</summary>
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

    /// <summary>From [output][term] to [tile of outputs][term][output of the tile].</summary>
    /// <param name="weights">The first weight.</param>
    /// <param name="packed">The first packed word.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="terms">The terms of each output.</param>
    /// <param name="tile">The outputs of a tile; the last one has the rest.</param>
    /// <param name="part">The part of the tiles to pack, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts the tiles are divided into.</param>
    public static void PackRows(ref float weights, ref float packed, int outputs, int terms, int tile, int part, int parts)
    {
        Span<nint> from = stackalloc nint[Lanes.Count];
        Span<nint> to = stackalloc nint[Lanes.Count];
        var tiles = (outputs + tile - 1) / tile;
        for (int output = tiles * part / parts * tile, end = Math.Min(outputs, tiles * (part + 1) / parts * tile); output < end; output += tile)
        {
            var size = Math.Min(tile, outputs - output);
            for (var i = 0; i < Lanes.Count; i++)
            {
                (from[i], to[i]) = ((nint)i * terms, (nint)i * size);
            }

            for (var term = 0; term < terms; term += Lanes.Count)
            {
                var at = (nint)output * terms;
                Lanes.ToRows(ref Unsafe.Add(ref weights, at + term), from, size, ref Unsafe.Add(ref packed, at + ((nint)term * size)), to, Math.Min(Lanes.Count, terms - term));
            }
        }
    }

    /// <summary>From [term][output] to [tile of outputs][term][output of the tile].</summary>
    /// <inheritdoc cref="PackRows"/>
    public static void PackColumns(ref float weights, ref float packed, int outputs, int terms, int tile, int part, int parts)
    {
        var tiles = (outputs + tile - 1) / tile;
        for (int output = tiles * part / parts * tile, end = Math.Min(outputs, tiles * (part + 1) / parts * tile); output < end; output += tile)
        {
            var size = Math.Min(tile, outputs - output);
            for (var term = 0; term < terms; term++)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref weights, ((nint)term * outputs) + output), size)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref packed, ((nint)output * terms) + ((nint)term * size)), size));
            }
        }
    }

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
