using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.CompilerServices;

/// <summary>
/// Moves values between rows, one sample after the other, and lanes, one sample in each place of a vector.
/// A block of lanes holds element e of sample s at word 16·e + s.
/// </summary>
/// <remarks>Values are moved as bits, so that integers may be moved as well. Lanes need 64-byte alignment only for speed.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>The samples of a block.</summary>
    public const int Count = 16;

    // Where each element of a block begins, counted from the first of a tile.
    private static readonly nint[] s_starts = [0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240];

    /// <summary>Moves consecutive rows into the lanes of one block and clears the lanes that have none.</summary>
    /// <param name="rows">The first word of the first row.</param>
    /// <param name="rowStride">The words from one row to the next.</param>
    /// <param name="rowCount">The number of rows, 1 to 16.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="lanes">Where the block goes: elements × 16 words.</param>
    public static void FromRows(ref float rows, int rowStride, int rowCount, int elements, ref float lanes)
    {
        if (rowCount == 1)
        {
            FromRow(ref rows, elements, ref lanes);
            return;
        }

        Span<nint> offsets = stackalloc nint[Count];
        for (var row = 0; row < Count; row++)
        {
            // The lanes without a row get the last one, and are cleared below.
            offsets[row] = (nint)Math.Min(row, rowCount - 1) * rowStride;
        }

        FromRows(ref rows, offsets, elements, ref lanes);
        if (rowCount < Count)
        {
            ClearFrom(rowCount, elements, ref lanes);
        }
    }

    /// <summary>Moves chosen rows into the lanes of one block and clears the lanes that have none.</summary>
    /// <param name="table">The first word of row zero.</param>
    /// <param name="rowStride">The words from one row to the next.</param>
    /// <param name="indices">The rows to take, 1 to 16 of them; not checked.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="lanes">Where the block goes: elements × 16 words.</param>
    public static void FromRows(ref float table, int rowStride, ReadOnlySpan<int> indices, int elements, ref float lanes)
    {
        Span<nint> offsets = stackalloc nint[Count];
        for (var row = 0; row < Count; row++)
        {
            offsets[row] = (nint)indices[Math.Min(row, indices.Length - 1)] * rowStride;
        }

        FromRows(ref table, offsets, elements, ref lanes);
        if (indices.Length < Count)
        {
            ClearFrom(indices.Length, elements, ref lanes);
        }
    }

    /// <summary>Moves the lanes of one block to consecutive rows.</summary>
    /// <param name="lanes">The block: elements × 16 words.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="rows">The first word of the first row.</param>
    /// <param name="rowStride">The words from one row to the next, at least <paramref name="elements"/>.</param>
    /// <param name="rowCount">The number of rows to write, 1 to 16.</param>
    public static void ToRows(ref float lanes, int elements, ref float rows, int rowStride, int rowCount)
    {
        Span<nint> to = stackalloc nint[Count];
        for (var row = 0; row < Count; row++)
        {
            to[row] = (nint)row * rowStride;
        }

        ToRows(ref lanes, s_starts, elements, ref rows, to, rowCount);
    }

    /// <summary>Moves lanes to rows, where the elements need not be 16 words apart.</summary>
    /// <param name="lanes">The first element.</param>
    /// <param name="from">Where each of 16 elements begins, all at one distance.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="rows">What the offsets in <paramref name="to"/> count from.</param>
    /// <param name="to">Where each of 16 rows begins.</param>
    /// <param name="rowCount">The number of rows to write, 1 to 16.</param>
    internal static void ToRows(ref float lanes, ReadOnlySpan<nint> from, int elements, ref float rows, ReadOnlySpan<nint> to, int rowCount)
    {
        var distance = from[1];
        if (rowCount > 1 && Avx512F.IsSupported && elements >= LaneTiles.Wide)
        {
            for (var element = 0; element < elements; element += LaneTiles.Wide)
            {
                // The last tile overlaps the one before: the same values are written again.
                element = Math.Min(element, elements - LaneTiles.Wide);
                LaneTiles.TransposeWide(ref Unsafe.Add(ref lanes, element * distance), from, ref Unsafe.Add(ref rows, element), to, rowCount);
            }
        }
        else if (rowCount > 1 && Vector128.IsHardwareAccelerated && elements >= LaneTiles.Narrow)
        {
            for (var element = 0; element < elements; element += LaneTiles.Narrow)
            {
                element = Math.Min(element, elements - LaneTiles.Narrow);
                for (var row = 0; row < rowCount; row += LaneTiles.Narrow)
                {
                    LaneTiles.TransposeNarrow(
                        ref Unsafe.Add(ref lanes, (element * distance) + row), from, ref Unsafe.Add(ref rows, element), to[row..], rowCount - row);
                }
            }
        }
        else
        {
            for (var row = 0; row < rowCount; row++)
            {
                ref var target = ref Unsafe.Add(ref rows, to[row]);
                for (var element = 0; element < elements; element++)
                {
                    Unsafe.Add(ref target, element) = Unsafe.Add(ref lanes, (element * distance) + row);
                }
            }
        }
    }

    /// <summary>Moves all 16 lanes of one block to rows.</summary>
    /// <param name="lanes">The block: elements × 16 words.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="rows">The first word of the first row.</param>
    /// <param name="rowStride">The words from one row to the next, at least <paramref name="elements"/>.</param>
    public static void Transpose(ref float lanes, int elements, ref float rows, int rowStride) =>
        ToRows(ref lanes, elements, ref rows, rowStride, Count);

    /// <summary>
    /// Adds the sum of the 16 lanes of each vector to a number: sums[i] += Σ vectors[16·i + lane].
    /// The lanes are always added in the same tree (l with l + 8, then + 4, + 2, + 1), whatever the processor's vectors.
    /// </summary>
    /// <param name="vectors">The vectors: count × 16 words.</param>
    /// <param name="count">The number of vectors.</param>
    /// <param name="sums">The numbers: count words.</param>
    public static void SumInto(ref float vectors, int count, ref float sums)
    {
        var index = 0;
        if (Avx512F.IsSupported)
        {
            for (; index <= count - LaneTiles.Wide; index += LaneTiles.Wide)
            {
                LaneTiles.SumWide(ref Unsafe.Add(ref vectors, index * Count), ref Unsafe.Add(ref sums, index));
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; index <= count - LaneTiles.Narrow; index += LaneTiles.Narrow)
            {
                LaneTiles.SumNarrow(ref Unsafe.Add(ref vectors, index * Count), ref Unsafe.Add(ref sums, index));
            }
        }

        for (; index < count; index++)
        {
            Unsafe.Add(ref sums, index) += LaneTiles.SumScalar(ref Unsafe.Add(ref vectors, index * Count));
        }
    }

    /// <summary>As <see cref="SumInto"/>, one part of the numbers.</summary>
    /// <param name="vectors">The vectors of all numbers: count × 16 words.</param>
    /// <param name="count">The number of vectors.</param>
    /// <param name="sums">All numbers: count words.</param>
    /// <param name="part">The part to do, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts the numbers are divided into.</param>
    public static void SumPartInto(ref float vectors, int count, ref float sums, int part, int parts)
    {
        // Whole tiles, so that nothing but the last part has a rest.
        var tiles = (count + Count - 1) / Count;
        var (first, end) = (tiles * part / parts * Count, Math.Min(count, tiles * (part + 1) / parts * Count));
        SumInto(ref Unsafe.Add(ref vectors, first * Count), end - first, ref Unsafe.Add(ref sums, first));
    }

    private static void FromRows(ref float rows, ReadOnlySpan<nint> from, int elements, ref float lanes)
    {
        if (Avx512F.IsSupported && elements >= LaneTiles.Wide)
        {
            for (var element = 0; element < elements; element += LaneTiles.Wide)
            {
                element = Math.Min(element, elements - LaneTiles.Wide);
                LaneTiles.TransposeWide(ref Unsafe.Add(ref rows, element), from, ref Unsafe.Add(ref lanes, element * Count), s_starts, Count);
            }
        }
        else if (Vector128.IsHardwareAccelerated && elements >= LaneTiles.Narrow)
        {
            for (var element = 0; element < elements; element += LaneTiles.Narrow)
            {
                element = Math.Min(element, elements - LaneTiles.Narrow);
                for (var row = 0; row < Count; row += LaneTiles.Narrow)
                {
                    LaneTiles.TransposeNarrow(
                        ref Unsafe.Add(ref rows, element), from[row..], ref Unsafe.Add(ref lanes, (element * Count) + row), s_starts, LaneTiles.Narrow);
                }
            }
        }
        else
        {
            for (var element = 0; element < elements; element++)
            {
                for (var row = 0; row < Count; row++)
                {
                    Unsafe.Add(ref lanes, (element * Count) + row) = Unsafe.Add(ref rows, from[row] + element);
                }
            }
        }
    }

    private static void FromRow(ref float row, int elements, ref float lanes)
    {
        for (var element = 0; element < elements; element++)
        {
            ref var vector = ref Unsafe.Add(ref lanes, element * Count);
            Vector128.CreateScalar(Unsafe.Add(ref row, element)).StoreUnsafe(ref vector);
            Vector128<float>.Zero.StoreUnsafe(ref vector, 4);
            Vector128<float>.Zero.StoreUnsafe(ref vector, 8);
            Vector128<float>.Zero.StoreUnsafe(ref vector, 12);
        }
    }

    internal static void ClearFrom(int firstLane, int elements, ref float lanes)
    {
        // As bits, four lanes at a time: whatever stands in a lane, a NaN included, becomes zero.
        for (var quarter = firstLane / LaneTiles.Narrow * LaneTiles.Narrow; quarter < Count; quarter += LaneTiles.Narrow)
        {
            var kept = Vector128.LessThan(Vector128<int>.Indices + Vector128.Create(quarter), Vector128.Create(firstLane)).AsSingle();
            for (var element = 0; element < elements; element++)
            {
                ref var part = ref Unsafe.Add(ref lanes, (element * Count) + quarter);
                (Vector128.LoadUnsafe(ref part) & kept).StoreUnsafe(ref part);
            }
        }
    }
}
