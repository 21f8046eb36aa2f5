using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Rows of a table by index, one sample in each lane, and their gradients added back.</summary>
/// <remarks>Indices are the bits of an <see cref="int"/>, [place][16 lanes], checked before; rows become [place][element][16 lanes].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TableRows
{
    private static readonly nint[] s_tile = [0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240];

    /// <summary>Takes the rows of all places.</summary>
    /// <param name="table">The first word of the table.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="indices">The first index.</param>
    /// <param name="places">The number of places.</param>
    /// <param name="lanes">Where they go: places × elements × 16 words.</param>
    public static void Gather(ref float table, int elements, ref float indices, int places, ref float lanes)
    {
        for (var place = 0; place < places; place++)
        {
            var rows = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<float, int>(ref Unsafe.Add(ref indices, place * Lanes.Count)), Lanes.Count);
            Lanes.FromRows(ref table, elements, rows, elements, ref Unsafe.Add(ref lanes, (nint)place * elements * Lanes.Count));
        }
    }

    /// <summary>Adds rows to those of a table: what padded lanes hold is zero, so they add nothing.</summary>
    /// <param name="lanes">The rows: places × elements × 16 words.</param>
    /// <param name="elements">The words of a row.</param>
    /// <param name="indices">The first index.</param>
    /// <param name="places">The number of places.</param>
    /// <param name="table">The first word of the table.</param>
    public static void Scatter(ref float lanes, int elements, ref float indices, int places, ref float table)
    {
        Span<float> tile = stackalloc float[Lanes.Count * Lanes.Count];
        ref var rows = ref MemoryMarshal.GetReference(tile);
        for (var place = 0; place < places; place++)
        {
            ref var index = ref Unsafe.As<float, int>(ref Unsafe.Add(ref indices, place * Lanes.Count));
            for (var element = 0; element < elements; element += Lanes.Count)
            {
                var count = Math.Min(Lanes.Count, elements - element);
                Lanes.ToRows(ref Unsafe.Add(ref lanes, (((nint)place * elements) + element) * Lanes.Count), count, ref rows, Lanes.Count, Lanes.Count);
                for (var sample = 0; sample < Lanes.Count; sample++)
                {
                    AddRow(ref Unsafe.Add(ref rows, (int)s_tile[sample]), ref Unsafe.Add(ref table, ((nint)Unsafe.Add(ref index, sample) * elements) + element), count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ref float row, ref float target, int count)
    {
        if (count == Lanes.Count)
        {
            (Vector512.LoadUnsafe(ref row) + Vector512.LoadUnsafe(ref target)).StoreUnsafe(ref target);
            return;
        }

        for (var element = 0; element < count; element++)
        {
            Unsafe.Add(ref target, element) += Unsafe.Add(ref row, element);
        }
    }
}
