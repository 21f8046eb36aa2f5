using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.CompilerServices;

/// <summary>Hints that bring memory into the cache before it is read, where the processor does not see it coming by itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prefetch
{
    /// <summary>Begins to load the cache line of a word; any place will do, even one that does not exist.</summary>
    /// <param name="start">A word of pinned memory.</param>
    /// <param name="words">How many words further on the line lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line(ref float start, int words)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref start) + words);
        }
    }
}
