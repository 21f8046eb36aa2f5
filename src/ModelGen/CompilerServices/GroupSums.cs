using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelGen.CompilerServices;

/// <summary>Adds up the sums that groups of blocks have collected, always in the order of the groups.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupSums
{
    /// <summary>
    /// Writes to <paramref name="target"/> the total over the groups of <paramref name="count"/> sums.
    /// </summary>
    /// <param name="sums">The sums of the first group.</param>
    /// <param name="stride">The words from one group's sums to the next one's.</param>
    /// <param name="groups">The number of groups, at least one.</param>
    /// <param name="target">Where the totals go.</param>
    /// <param name="count">The number of sums.</param>
    /// <param name="part">The part of them to add up, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts they are divided into.</param>
    public static void Total(ref float sums, int stride, int groups, ref float target, int count, int part = 0, int parts = 1)
    {
        // Whole cache lines, so that no two workers write to one.
        var lines = (count + Lanes.Count - 1) / Lanes.Count;
        var i = lines * part / parts * Lanes.Count;
        var end = Math.Min(count, lines * (part + 1) / parts * Lanes.Count);
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            var total = Vector.LoadUnsafe(ref sums, (nuint)i);
            for (var group = 1; group < groups; group++)
            {
                total += Vector.LoadUnsafe(ref sums, (nuint)((group * stride) + i));
            }

            total.StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < end; i++)
        {
            var total = Unsafe.Add(ref sums, i);
            for (var group = 1; group < groups; group++)
            {
                total += Unsafe.Add(ref sums, (group * stride) + i);
            }

            Unsafe.Add(ref target, i) = total;
        }
    }
}
