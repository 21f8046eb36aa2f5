using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen;

/// <summary>Looks for what is infinite or not a number in a buffer, in pieces that the workers share.</summary>
/// <param name="buffer">The buffer.</param>
/// <param name="workers">Who shares the work.</param>
internal sealed class FiniteCheck(AlignedBuffer buffer, Workers workers) : IParallelWork
{
    // A piece takes about a microsecond; fewer than two are not worth waking a thread.
    private const int PieceWords = 32_768;

    private int _pieces;
    private bool _isFinite;

    /// <summary>Whether all words are finite numbers.</summary>
    public bool Run()
    {
        _isFinite = true;
        _pieces = Math.Max(1, buffer.Length / PieceWords);
        workers.Run(this, _pieces);
        return _isFinite;
    }

    void IParallelWork.Run(int index, int worker)
    {
        var start = index * PieceWords;
        if (!IsFinite(buffer.Span[start..(index == _pieces - 1 ? buffer.Length : start + PieceWords)]))
        {
            // Whoever writes writes the same.
            Volatile.Write(ref _isFinite, false);
        }
    }

    // A number times zero is zero, unless it is infinite or not a number: then it, and every sum with it, is not a number.
    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (sum0, sum1, sum2, sum3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (4 * width); i += 4 * width)
        {
            sum0 += Vector.LoadUnsafe(ref first, (nuint)i) * Vector<float>.Zero;
            sum1 += Vector.LoadUnsafe(ref first, (nuint)(i + width)) * Vector<float>.Zero;
            sum2 += Vector.LoadUnsafe(ref first, (nuint)(i + (2 * width))) * Vector<float>.Zero;
            sum3 += Vector.LoadUnsafe(ref first, (nuint)(i + (3 * width))) * Vector<float>.Zero;
        }

        var rest = 0f;
        for (; i < values.Length; i++)
        {
            rest += Unsafe.Add(ref first, i) * 0;
        }

        return Vector.Sum(sum0 + sum1 + (sum2 + sum3)) + rest == 0;
    }
}
