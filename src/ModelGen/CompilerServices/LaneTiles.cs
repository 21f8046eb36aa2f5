using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.CompilerServices;

/// <summary>The register tiles of <see cref="Lanes"/>: 16×16 values with AVX-512, 4×4 with any 128-bit vectors.</summary>
internal static class LaneTiles
{
    /// <summary>The rows and columns of a tile of 512-bit vectors.</summary>
    public const int Wide = 16;

    /// <summary>The rows and columns of a tile of 128-bit vectors.</summary>
    public const int Narrow = 4;

    // The 128-bit quarters that Shuffle4x128 takes: two of its first operand, then two of its second.
    private const byte LowerQuarters = 0b01_00_01_00;
    private const byte UpperQuarters = 0b11_10_11_10;
    private const byte EvenQuarters = 0b10_00_10_00;
    private const byte OddQuarters = 0b11_01_11_01;

    /// <summary>Transposes 16×16 values: row i of the target is column i of the source.</summary>
    /// <param name="source">What the offsets in <paramref name="from"/> count from.</param>
    /// <param name="from">Where each of the 16 source rows begins.</param>
    /// <param name="target">What the offsets in <paramref name="to"/> count from.</param>
    /// <param name="to">Where each target row begins.</param>
    /// <param name="count">The number of target rows to write, 1 to 16.</param>
    public static void TransposeWide(ref float source, ReadOnlySpan<nint> from, ref float target, ReadOnlySpan<nint> to, int count)
    {
        // The bounds are checked here, once.
        _ = from[15];
        _ = to[15];
        var r0 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[0]));
        var r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[1]));
        var r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[2]));
        var r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[3]));
        var r4 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[4]));
        var r5 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[5]));
        var r6 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[6]));
        var r7 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[7]));
        var r8 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[8]));
        var r9 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[9]));
        var r10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[10]));
        var r11 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[11]));
        var r12 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[12]));
        var r13 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[13]));
        var r14 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[14]));
        var r15 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, from[15]));

        // Two rounds transpose the 4×4 values within each quarter of four rows: rows 4·q … 4·q + 3 become columns.
        var a0 = Avx512F.UnpackLow(r0, r2);
        var a1 = Avx512F.UnpackHigh(r0, r2);
        var a2 = Avx512F.UnpackLow(r1, r3);
        var a3 = Avx512F.UnpackHigh(r1, r3);
        var a4 = Avx512F.UnpackLow(r4, r6);
        var a5 = Avx512F.UnpackHigh(r4, r6);
        var a6 = Avx512F.UnpackLow(r5, r7);
        var a7 = Avx512F.UnpackHigh(r5, r7);
        var a8 = Avx512F.UnpackLow(r8, r10);
        var a9 = Avx512F.UnpackHigh(r8, r10);
        var a10 = Avx512F.UnpackLow(r9, r11);
        var a11 = Avx512F.UnpackHigh(r9, r11);
        var a12 = Avx512F.UnpackLow(r12, r14);
        var a13 = Avx512F.UnpackHigh(r12, r14);
        var a14 = Avx512F.UnpackLow(r13, r15);
        var a15 = Avx512F.UnpackHigh(r13, r15);

        var b0 = Avx512F.UnpackLow(a0, a2);
        var b1 = Avx512F.UnpackHigh(a0, a2);
        var b2 = Avx512F.UnpackLow(a1, a3);
        var b3 = Avx512F.UnpackHigh(a1, a3);
        var b4 = Avx512F.UnpackLow(a4, a6);
        var b5 = Avx512F.UnpackHigh(a4, a6);
        var b6 = Avx512F.UnpackLow(a5, a7);
        var b7 = Avx512F.UnpackHigh(a5, a7);
        var b8 = Avx512F.UnpackLow(a8, a10);
        var b9 = Avx512F.UnpackHigh(a8, a10);
        var b10 = Avx512F.UnpackLow(a9, a11);
        var b11 = Avx512F.UnpackHigh(a9, a11);
        var b12 = Avx512F.UnpackLow(a12, a14);
        var b13 = Avx512F.UnpackHigh(a12, a14);
        var b14 = Avx512F.UnpackLow(a13, a15);
        var b15 = Avx512F.UnpackHigh(a13, a15);

        // Two rounds transpose the quarters: column c of every quarter k is column 4·k + c of the whole.
        var c0 = Avx512F.Shuffle4x128(b0, b4, EvenQuarters);
        var c4 = Avx512F.Shuffle4x128(b0, b4, OddQuarters);
        var c8 = Avx512F.Shuffle4x128(b8, b12, EvenQuarters);
        var c12 = Avx512F.Shuffle4x128(b8, b12, OddQuarters);
        var c1 = Avx512F.Shuffle4x128(b1, b5, EvenQuarters);
        var c5 = Avx512F.Shuffle4x128(b1, b5, OddQuarters);
        var c9 = Avx512F.Shuffle4x128(b9, b13, EvenQuarters);
        var c13 = Avx512F.Shuffle4x128(b9, b13, OddQuarters);
        var c2 = Avx512F.Shuffle4x128(b2, b6, EvenQuarters);
        var c6 = Avx512F.Shuffle4x128(b2, b6, OddQuarters);
        var c10 = Avx512F.Shuffle4x128(b10, b14, EvenQuarters);
        var c14 = Avx512F.Shuffle4x128(b10, b14, OddQuarters);
        var c3 = Avx512F.Shuffle4x128(b3, b7, EvenQuarters);
        var c7 = Avx512F.Shuffle4x128(b3, b7, OddQuarters);
        var c11 = Avx512F.Shuffle4x128(b11, b15, EvenQuarters);
        var c15 = Avx512F.Shuffle4x128(b11, b15, OddQuarters);

        Avx512F.Shuffle4x128(c0, c8, EvenQuarters).StoreUnsafe(ref Unsafe.Add(ref target, to[0]));
        Store(Avx512F.Shuffle4x128(c1, c9, EvenQuarters), ref target, to[1], 1 < count);
        Store(Avx512F.Shuffle4x128(c2, c10, EvenQuarters), ref target, to[2], 2 < count);
        Store(Avx512F.Shuffle4x128(c3, c11, EvenQuarters), ref target, to[3], 3 < count);
        Store(Avx512F.Shuffle4x128(c4, c12, EvenQuarters), ref target, to[4], 4 < count);
        Store(Avx512F.Shuffle4x128(c5, c13, EvenQuarters), ref target, to[5], 5 < count);
        Store(Avx512F.Shuffle4x128(c6, c14, EvenQuarters), ref target, to[6], 6 < count);
        Store(Avx512F.Shuffle4x128(c7, c15, EvenQuarters), ref target, to[7], 7 < count);
        Store(Avx512F.Shuffle4x128(c0, c8, OddQuarters), ref target, to[8], 8 < count);
        Store(Avx512F.Shuffle4x128(c1, c9, OddQuarters), ref target, to[9], 9 < count);
        Store(Avx512F.Shuffle4x128(c2, c10, OddQuarters), ref target, to[10], 10 < count);
        Store(Avx512F.Shuffle4x128(c3, c11, OddQuarters), ref target, to[11], 11 < count);
        Store(Avx512F.Shuffle4x128(c4, c12, OddQuarters), ref target, to[12], 12 < count);
        Store(Avx512F.Shuffle4x128(c5, c13, OddQuarters), ref target, to[13], 13 < count);
        Store(Avx512F.Shuffle4x128(c6, c14, OddQuarters), ref target, to[14], 14 < count);
        Store(Avx512F.Shuffle4x128(c7, c15, OddQuarters), ref target, to[15], 15 < count);
    }

    /// <summary>Transposes 4×4 values: row i of the target is column i of the source.</summary>
    /// <param name="source">What the offsets in <paramref name="from"/> count from.</param>
    /// <param name="from">Where each of the four source rows begins.</param>
    /// <param name="target">What the offsets in <paramref name="to"/> count from.</param>
    /// <param name="to">Where each target row begins.</param>
    /// <param name="count">The number of target rows to write; any number.</param>
    public static void TransposeNarrow(ref float source, ReadOnlySpan<nint> from, ref float target, ReadOnlySpan<nint> to, int count)
    {
        var (c0, c1, c2, c3) = Transpose(
            Vector128.LoadUnsafe(ref Unsafe.Add(ref source, from[0])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref source, from[1])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref source, from[2])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref source, from[3])));
        Store(c0, ref target, to[0], 0 < count);
        Store(c1, ref target, to[1], 1 < count);
        Store(c2, ref target, to[2], 2 < count);
        Store(c3, ref target, to[3], 3 < count);
    }

    /// <summary>Adds the lane sums of 16 vectors to 16 numbers, in the tree of <see cref="Lanes.SumInto"/>.</summary>
    public static void SumWide(ref float vectors, ref float sums)
    {
        // Vectors 4·c + e, so that the sums of one quarter c come to lie side by side.
        var s0 = SumQuarters(ref vectors, 0);
        var s1 = SumQuarters(ref vectors, 1);
        var s2 = SumQuarters(ref vectors, 2);
        var s3 = SumQuarters(ref vectors, 3);

        var a0 = Avx512F.UnpackLow(s0, s2);
        var a1 = Avx512F.UnpackHigh(s0, s2);
        var a2 = Avx512F.UnpackLow(s1, s3);
        var a3 = Avx512F.UnpackHigh(s1, s3);
        var lane0 = Avx512F.UnpackLow(a0, a2);
        var lane1 = Avx512F.UnpackHigh(a0, a2);
        var lane2 = Avx512F.UnpackLow(a1, a3);
        var lane3 = Avx512F.UnpackHigh(a1, a3);
        (Vector512.LoadUnsafe(ref sums) + ((lane0 + lane2) + (lane1 + lane3))).StoreUnsafe(ref sums);
    }

    /// <summary>Adds the lane sums of four vectors to four numbers, in the tree of <see cref="Lanes.SumInto"/>.</summary>
    public static void SumNarrow(ref float vectors, ref float sums)
    {
        var (lane0, lane1, lane2, lane3) = Transpose(
            SumQuarters(ref vectors), SumQuarters(ref Unsafe.Add(ref vectors, 16)),
            SumQuarters(ref Unsafe.Add(ref vectors, 32)), SumQuarters(ref Unsafe.Add(ref vectors, 48)));
        (Vector128.LoadUnsafe(ref sums) + ((lane0 + lane2) + (lane1 + lane3))).StoreUnsafe(ref sums);
    }

    /// <summary>The lane sum of one vector, in the tree of <see cref="Lanes.SumInto"/>.</summary>
    public static float SumScalar(ref float vector)
    {
        float Four(ref float lanes, int lane) =>
            (Unsafe.Add(ref lanes, lane) + Unsafe.Add(ref lanes, lane + 8)) + (Unsafe.Add(ref lanes, lane + 4) + Unsafe.Add(ref lanes, lane + 12));

        return (Four(ref vector, 0) + Four(ref vector, 2)) + (Four(ref vector, 1) + Four(ref vector, 3));
    }

    /// <summary>Lanes l, l + 8, l + 4 and l + 12 added, for the vectors e, 4 + e, 8 + e and 12 + e, one a quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SumQuarters(ref float vectors, nuint e)
    {
        var v0 = Vector512.LoadUnsafe(ref vectors, e * 16);
        var v1 = Vector512.LoadUnsafe(ref vectors, (e + 4) * 16);
        var v2 = Vector512.LoadUnsafe(ref vectors, (e + 8) * 16);
        var v3 = Vector512.LoadUnsafe(ref vectors, (e + 12) * 16);
        var first = Avx512F.Shuffle4x128(v0, v1, LowerQuarters) + Avx512F.Shuffle4x128(v0, v1, UpperQuarters);
        var second = Avx512F.Shuffle4x128(v2, v3, LowerQuarters) + Avx512F.Shuffle4x128(v2, v3, UpperQuarters);
        return Avx512F.Shuffle4x128(first, second, EvenQuarters) + Avx512F.Shuffle4x128(first, second, OddQuarters);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumQuarters(ref float vector) =>
        (Vector128.LoadUnsafe(ref vector) + Vector128.LoadUnsafe(ref vector, 8)) +
        (Vector128.LoadUnsafe(ref vector, 4) + Vector128.LoadUnsafe(ref vector, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> C0, Vector128<float> C1, Vector128<float> C2, Vector128<float> C3) Transpose(
        Vector128<float> r0, Vector128<float> r1, Vector128<float> r2, Vector128<float> r3)
    {
        var a0 = ZipLow(r0, r2);
        var a1 = ZipHigh(r0, r2);
        var a2 = ZipLow(r1, r3);
        var a3 = ZipHigh(r1, r3);
        return (ZipLow(a0, a2), ZipHigh(a0, a2), ZipLow(a1, a3), ZipHigh(a1, a3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right)
    {
        if (Sse.IsSupported)
        {
            return Sse.UnpackLow(left, right);
        }

        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.ZipLow(left, right)
            : Vector128.Create(left[0], right[0], left[1], right[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right)
    {
        if (Sse.IsSupported)
        {
            return Sse.UnpackHigh(left, right);
        }

        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.ZipHigh(left, right)
            : Vector128.Create(left[2], right[2], left[3], right[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> vector, ref float target, nint offset, bool wanted)
    {
        if (wanted)
        {
            vector.StoreUnsafe(ref Unsafe.Add(ref target, offset));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> vector, ref float target, nint offset, bool wanted)
    {
        if (wanted)
        {
            vector.StoreUnsafe(ref Unsafe.Add(ref target, offset));
        }
    }
}
