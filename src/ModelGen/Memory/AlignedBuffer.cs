using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen;

/// <summary>Zeroed managed memory that starts on a 64-byte boundary and never moves, so that kernels may load and store whole cache lines.</summary>
internal sealed class AlignedBuffer
{
    /// <summary>The words of a cache line, which are also those of the widest vector.</summary>
    public const int LineWords = 16;

    private const int LineBytes = LineWords * sizeof(float);

    /// <summary>Allocates <paramref name="length"/> words; at least one line, so that <see cref="First"/> always exists.</summary>
    /// <exception cref="OutOfMemoryException">There is no array of that length.</exception>
    public unsafe AlignedBuffer(long length)
    {
        if (length > Array.MaxLength - LineWords)
        {
            throw new OutOfMemoryException($"A buffer of {length:N0} words was asked for; the most is {Array.MaxLength - LineWords:N0}.");
        }

        Length = (int)length;
        Words = GC.AllocateArray<float>(Math.Max(Length, LineWords) + LineWords, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Words));
        Start = (int)((LineBytes - (address % LineBytes)) % LineBytes / sizeof(float));
    }

    /// <summary>The pinned array; the buffer begins at <see cref="Start"/>.</summary>
    public float[] Words { get; }

    /// <summary>The position in <see cref="Words"/> that lies on the boundary.</summary>
    public int Start { get; }

    /// <summary>The number of words.</summary>
    public int Length { get; }

    /// <summary>The first word.</summary>
    public ref float First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Words), Start);

    /// <summary>All words.</summary>
    public Span<float> Span => Words.AsSpan(Start, Length);

    /// <summary>The words of the whole cache lines that hold a number of words.</summary>
    public static int RoundUp(int words) => checked(words + LineWords - 1) / LineWords * LineWords;
}
