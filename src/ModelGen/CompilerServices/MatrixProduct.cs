using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>
/// Products of matrices that exist once per model, such as an embedding times the weights of the layer behind it, and their
/// gradients: y = x·wᵀ with x (rows, inputs), w (outputs, inputs), y (rows, outputs), all row-major.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProduct
{
    private const int TileRows = 4;
    private const int TileVectors = 4;

    /// <summary>y = x·wᵀ.</summary>
    /// <param name="x">The first word of x.</param>
    /// <param name="w">The first word of w.</param>
    /// <param name="y">The first word of y.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    public static void Output(ref float x, ref float w, ref float y, int rows, int inputs, int outputs)
    {
        // The columns of the result are the lanes, so the weights are turned once.
        var turned = ArrayPool<float>.Shared.Rent(inputs * outputs);
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                turned[(input * outputs) + output] = Unsafe.Add(ref w, (output * inputs) + input);
            }
        }

        Multiply(ref x, inputs, 1, ref turned[0], ref y, rows, inputs, outputs);
        ArrayPool<float>.Shared.Return(turned);
    }

    /// <summary>The gradient of x: y·w, with y that of the output.</summary>
    /// <param name="y">The first word of the gradient of y.</param>
    /// <param name="w">The first word of w.</param>
    /// <param name="x">The first word of the result.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    public static void Input(ref float y, ref float w, ref float x, int rows, int inputs, int outputs) =>
        Multiply(ref y, outputs, 1, ref w, ref x, rows, outputs, inputs);

    /// <summary>The gradient of w: yᵀ·x, with y that of the output.</summary>
    /// <param name="x">The first word of x.</param>
    /// <param name="y">The first word of the gradient of y.</param>
    /// <param name="w">The first word of the result.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    public static void Weight(ref float x, ref float y, ref float w, int rows, int inputs, int outputs) =>
        Multiply(ref y, 1, outputs, ref x, ref w, outputs, rows, inputs);

    /// <summary>c[r, j] = Σₖ a[r·rowStride + k·termStride] · b[k, j].</summary>
    private static void Multiply(ref float a, int rowStride, int termStride, ref float b, ref float c, int rows, int terms, int columns)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Wide>(ref a, rowStride, termStride, ref b, ref c, rows, terms, columns);
        }
        else
        {
            Multiply<Narrow>(ref a, rowStride, termStride, ref b, ref c, rows, terms, columns);
        }
    }

    private static void Multiply<TVector>(ref float a, int rowStride, int termStride, ref float b, ref float c, int rows, int terms, int columns)
        where TVector : struct, IVector<TVector>
    {
        var wholeRows = rows - (rows % TileRows);
        var wholeColumns = columns - (columns % (TileVectors * TVector.Count));
        for (var row = 0; row < wholeRows; row += TileRows)
        {
            for (var column = 0; column < wholeColumns; column += TileVectors * TVector.Count)
            {
                MultiplyTile<TVector>(
                    ref Unsafe.Add(ref a, (nint)row * rowStride), rowStride, termStride, ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, ((nint)row * columns) + column), terms, columns);
            }
        }

        MultiplyRest(ref a, rowStride, termStride, ref b, ref c, 0, wholeRows, terms, columns, wholeColumns);
        MultiplyRest(ref a, rowStride, termStride, ref b, ref c, wholeRows, rows, terms, columns, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TVector>(ref float a, int rowStride, int termStride, ref float b, ref float c, int terms, int columns)
        where TVector : struct, IVector<TVector>
    {
        TVector s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        TVector s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        ref var a0 = ref a;
        ref var a1 = ref Unsafe.Add(ref a, rowStride);
        ref var a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref var a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        for (var term = 0; term < terms; term++)
        {
            var b0 = TVector.Load(ref b, 0);
            var b1 = TVector.Load(ref b, 1);
            var b2 = TVector.Load(ref b, 2);
            var b3 = TVector.Load(ref b, 3);
            var at = (nint)term * termStride;
            var x = TVector.Create(Unsafe.Add(ref a0, at));
            s00 = TVector.MultiplyAdd(x, b0, s00);
            s01 = TVector.MultiplyAdd(x, b1, s01);
            s02 = TVector.MultiplyAdd(x, b2, s02);
            s03 = TVector.MultiplyAdd(x, b3, s03);
            x = TVector.Create(Unsafe.Add(ref a1, at));
            s10 = TVector.MultiplyAdd(x, b0, s10);
            s11 = TVector.MultiplyAdd(x, b1, s11);
            s12 = TVector.MultiplyAdd(x, b2, s12);
            s13 = TVector.MultiplyAdd(x, b3, s13);
            x = TVector.Create(Unsafe.Add(ref a2, at));
            s20 = TVector.MultiplyAdd(x, b0, s20);
            s21 = TVector.MultiplyAdd(x, b1, s21);
            s22 = TVector.MultiplyAdd(x, b2, s22);
            s23 = TVector.MultiplyAdd(x, b3, s23);
            x = TVector.Create(Unsafe.Add(ref a3, at));
            s30 = TVector.MultiplyAdd(x, b0, s30);
            s31 = TVector.MultiplyAdd(x, b1, s31);
            s32 = TVector.MultiplyAdd(x, b2, s32);
            s33 = TVector.MultiplyAdd(x, b3, s33);
            b = ref Unsafe.Add(ref b, columns);
        }

        StoreRow(ref c, s00, s01, s02, s03);
        StoreRow(ref Unsafe.Add(ref c, columns), s10, s11, s12, s13);
        StoreRow(ref Unsafe.Add(ref c, 2 * columns), s20, s21, s22, s23);
        StoreRow(ref Unsafe.Add(ref c, 3 * columns), s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVector>(ref float c, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVector : struct, IVector<TVector>
    {
        s0.Store(ref c, 0);
        s1.Store(ref c, 1);
        s2.Store(ref c, 2);
        s3.Store(ref c, 3);
    }

    /// <summary>What is left beside whole tiles, in the same order of additions.</summary>
    private static void MultiplyRest(
        ref float a, int rowStride, int termStride, ref float b, ref float c, int firstRow, int lastRow, int terms, int columns, int firstColumn)
    {
        for (var row = firstRow; row < lastRow; row++)
        {
            for (var column = firstColumn; column < columns; column++)
            {
                var sum = 0f;
                for (var term = 0; term < terms; term++)
                {
                    sum = MathF.FusedMultiplyAdd(
                        Unsafe.Add(ref a, ((nint)row * rowStride) + ((nint)term * termStride)), Unsafe.Add(ref b, ((nint)term * columns) + column), sum);
                }

                Unsafe.Add(ref c, ((nint)row * columns) + column) = sum;
            }
        }
    }

    /// <summary>A vector of either width, so that the tile is written once.</summary>
    private interface IVector<TSelf>
        where TSelf : struct, IVector<TSelf>
    {
        static abstract int Count { get; }

        static abstract TSelf Load(ref float words, int vector);

        static abstract TSelf Create(float value);

        static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

        void Store(ref float words, int vector);
    }

    private readonly struct Wide(Vector512<float> value) : IVector<Wide>
    {
        private readonly Vector512<float> _value = value;

        public static int Count => Vector512<float>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Wide Load(ref float words, int vector) => new(Vector512.LoadUnsafe(ref words, (nuint)(vector * Count)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Wide Create(float value) => new(Vector512.Create(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Wide MultiplyAdd(Wide a, Wide b, Wide c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(ref float words, int vector) => _value.StoreUnsafe(ref words, (nuint)(vector * Count));
    }

    private readonly struct Narrow(Vector256<float> value) : IVector<Narrow>
    {
        private readonly Vector256<float> _value = value;

        public static int Count => Vector256<float>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Narrow Load(ref float words, int vector) => new(Vector256.LoadUnsafe(ref words, (nuint)(vector * Count)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Narrow Create(float value) => new(Vector256.Create(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Narrow MultiplyAdd(Narrow a, Narrow b, Narrow c) => new(Vector256.MultiplyAddEstimate(a._value, b._value, c._value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(ref float words, int vector) => _value.StoreUnsafe(ref words, (nuint)(vector * Count));
    }
}
