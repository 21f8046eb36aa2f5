using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>A buffer of lanes, [block][element][16], for each of several values of every sample.</summary>
internal sealed class LaneBuffers
{
    private readonly AlignedBuffer[] _buffers;

    /// <summary>Buffers of values of the given shapes for up to <paramref name="samples"/> samples.</summary>
    public LaneBuffers(int[][] shapes, int samples)
    {
        var blocks = ((long)samples + Lanes.Count - 1) / Lanes.Count;
        Elements = Array.ConvertAll(shapes, shape => Extents.Product(shape));
        _buffers = Array.ConvertAll(Elements, elements => new AlignedBuffer(blocks * elements * Lanes.Count));
        Words = Array.ConvertAll(_buffers, buffer => buffer.Words);
    }

    /// <summary>The number of buffers.</summary>
    public int Count => Elements.Length;

    /// <summary>The elements of one sample, for each buffer.</summary>
    public int[] Elements { get; }

    /// <summary>The array that each buffer lies in.</summary>
    public float[][] Words { get; }

    /// <summary>The first word of a block of a buffer.</summary>
    public ref float Block(int index, int block) => ref Words[index][Offset(index, block)];

    /// <summary>The first blocks of a buffer.</summary>
    public Span<float> Floats(int index, int blocks) =>
        _buffers[index].Span[..(blocks * Elements[index] * Lanes.Count)];

    /// <summary>The first blocks of a buffer seen as integers.</summary>
    public ReadOnlySpan<int> Ints(int index, int blocks) => MemoryMarshal.Cast<float, int>((ReadOnlySpan<float>)Floats(index, blocks));

    /// <summary>Writes where a block begins in the array of each buffer.</summary>
    public void GetOffsets(int block, Span<int> offsets)
    {
        for (var index = 0; index < Elements.Length; index++)
        {
            offsets[index] = Offset(index, block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Offset(int index, int block) => _buffers[index].Start + (block * Elements[index] * Lanes.Count);
}
