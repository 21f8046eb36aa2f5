using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>
/// Products of matrices that exist once per model, such as an embedding times the weights of the layer behind it, and their
/// gradients: y = x·wᵀ with x (rows, inputs), w (outputs, inputs), y (rows, outputs), all row-major.
/// </summary>
/// <remarks>
/// Every number is summed by one thread in the order of its terms, so that the result does not depend on how many parts the work is divided into.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProduct
{
    /// <summary>The rows of a tile: with two vectors each, its sums and what they read fit sixteen registers.</summary>
    private const int TileRows = 6;

    /// <summary>The columns of a panel of the second matrix, which is copied so that its numbers follow each other as they are read.</summary>
    private const int PanelColumns = 2 * Lanes.Count;

    /// <summary>The terms of a panel, 32 KB of them: it stays in the first-level cache while all rows pass.</summary>
    private const int PanelTerms = 256;

    /// <summary>A matrix as a product sees it: where it begins, and the words from one row to the next and from one column to the next.</summary>
    private readonly ref struct Matrix(ref float first, int rowStride, int columnStride)
    {
        public readonly ref float First = ref first;

        public readonly int RowStride = rowStride;

        public readonly int ColumnStride = columnStride;

        public ref float At(int row, int column) => ref Unsafe.Add(ref First, ((nint)row * RowStride) + ((nint)column * ColumnStride));
    }

    /// <summary>y = x·wᵀ.</summary>
    /// <param name="x">The first word of x.</param>
    /// <param name="w">The first word of w.</param>
    /// <param name="y">The first word of y.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    /// <param name="part">The part of y to compute, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts y is divided into.</param>
    public static void Output(ref float x, ref float w, ref float y, int rows, int inputs, int outputs, int part = 0, int parts = 1) =>
        Multiply(new Matrix(ref x, inputs, 1), new Matrix(ref w, 1, inputs), ref y, rows, inputs, outputs, part, parts);

    /// <summary>The gradient of x: y·w, with y that of the output.</summary>
    /// <param name="y">The first word of the gradient of y.</param>
    /// <param name="w">The first word of w.</param>
    /// <param name="x">The first word of the result.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    /// <param name="part">The part of the result to compute, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts the result is divided into.</param>
    public static void Input(ref float y, ref float w, ref float x, int rows, int inputs, int outputs, int part = 0, int parts = 1) =>
        Multiply(new Matrix(ref y, outputs, 1), new Matrix(ref w, inputs, 1), ref x, rows, outputs, inputs, part, parts);

    /// <summary>The gradient of w: yᵀ·x, with y that of the output.</summary>
    /// <param name="x">The first word of x.</param>
    /// <param name="y">The first word of the gradient of y.</param>
    /// <param name="w">The first word of the result.</param>
    /// <param name="rows">The rows of x and y.</param>
    /// <param name="inputs">The columns of x and w.</param>
    /// <param name="outputs">The rows of w, the columns of y.</param>
    /// <param name="part">The part of the result to compute, from 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">The parts the result is divided into.</param>
    public static void Weight(ref float x, ref float y, ref float w, int rows, int inputs, int outputs, int part = 0, int parts = 1) =>
        Multiply(new Matrix(ref y, 1, outputs), new Matrix(ref x, inputs, 1), ref w, outputs, rows, inputs, part, parts);

    /// <summary>c[r, j] = Σₖ a[r, k]·b[k, j], part of the columns or of the rows, whichever divide more evenly.</summary>
    private static void Multiply(Matrix a, Matrix b, ref float c, int rows, int terms, int columns, int part, int parts)
    {
        var (tiles, panels) = (DivideUp(rows, TileRows), DivideUp(columns, PanelColumns));
        var (firstTile, endTile, firstPanel, endPanel) = (long)DivideUp(panels, parts) * tiles <= (long)DivideUp(tiles, parts) * panels
            ? (0, tiles, panels * part / parts, panels * (part + 1) / parts)
            : (tiles * part / parts, tiles * (part + 1) / parts, 0, panels);
        var (firstRow, endRow) = (firstTile * TileRows, Math.Min(rows, endTile * TileRows));
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var column = panel * PanelColumns;
            MultiplyPanel(a, b, ref c, firstRow, endRow, terms, columns, column, Math.Min(PanelColumns, columns - column));
        }
    }

    private static int DivideUp(int count, int size) => (count + size - 1) / size;

    [SkipLocalsInit]
    private static void MultiplyPanel(Matrix a, Matrix b, ref float c, int firstRow, int endRow, int terms, int columns, int column, int width)
    {
        Span<float> memory = stackalloc float[PanelColumns * Math.Min(terms, PanelTerms)];
        ref var panel = ref MemoryMarshal.GetReference(memory);
        for (var term = 0; term < terms; term += PanelTerms)
        {
            var count = Math.Min(PanelTerms, terms - term);
            for (var block = 0; block < width; block += Lanes.Count)
            {
                CopyColumns(ref b.At(term, column + block), b, count, Math.Min(Lanes.Count, width - block), ref Unsafe.Add(ref panel, block * count));
            }

            for (var row = firstRow; row < endRow; row += TileRows)
            {
                ref var target = ref Unsafe.Add(ref c, ((nint)row * columns) + column);
                var height = Math.Min(TileRows, endRow - row);
                if (Vector512.IsHardwareAccelerated)
                {
                    MultiplyRows<LaneVector512>(ref a.At(row, term), a, ref panel, ref target, columns, height, count, width, term > 0);
                }
                else if (Vector256.IsHardwareAccelerated)
                {
                    MultiplyRows<LaneVector256>(ref a.At(row, term), a, ref panel, ref target, columns, height, count, width, term > 0);
                }
                else
                {
                    MultiplyRows<LaneVector128>(ref a.At(row, term), a, ref panel, ref target, columns, height, count, width, term > 0);
                }
            }
        }
    }

    /// <summary>Copies up to sixteen columns of a matrix as [row][16]; the columns there are not become zero.</summary>
    private static void CopyColumns(ref float from, Matrix matrix, int rows, int columns, ref float to)
    {
        if (matrix.RowStride == 1)
        {
            Lanes.FromRows(ref from, matrix.ColumnStride, columns, rows, ref to);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            ref var source = ref Unsafe.Add(ref from, (nint)row * matrix.RowStride);
            ref var target = ref Unsafe.Add(ref to, row * Lanes.Count);
            if (columns == Lanes.Count)
            {
                Vector512.LoadUnsafe(ref source).StoreUnsafe(ref target);
                continue;
            }

            for (var column = 0; column < Lanes.Count; column++)
            {
                Unsafe.Add(ref target, column) = column < columns ? Unsafe.Add(ref source, column) : 0;
            }
        }
    }

    /// <summary>Some rows of a panel's columns, in tiles; the last one by way of memory of its own where the columns end within it.</summary>
    [SkipLocalsInit]
    private static void MultiplyRows<TVector>(ref float a, Matrix matrix, ref float panel, ref float c, int columns, int height, int terms, int width, bool adds)
        where TVector : struct, ILaneVector<TVector>
    {
        Span<float> partial = stackalloc float[TileRows * PanelColumns];
        for (var column = 0; column < width; column += 2 * TVector.Count)
        {
            ref var first = ref Unsafe.Add(ref panel, (column / Lanes.Count * Lanes.Count * terms) + (column % Lanes.Count));
            var second = TVector.Count == Lanes.Count ? Lanes.Count * terms : TVector.Count;
            ref var target = ref Unsafe.Add(ref c, column);
            if (width - column >= 2 * TVector.Count)
            {
                MultiplyTile<TVector>(ref a, matrix.RowStride, matrix.ColumnStride, ref first, second, ref target, columns, height, terms, adds);
                continue;
            }

            for (var row = 0; row < height; row++)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (nint)row * columns), width - column).CopyTo(partial[(row * PanelColumns)..]);
            }

            MultiplyTile<TVector>(ref a, matrix.RowStride, matrix.ColumnStride, ref first, second, ref MemoryMarshal.GetReference(partial), PanelColumns, height, terms, adds);
            for (var row = 0; row < height; row++)
            {
                partial.Slice(row * PanelColumns, width - column).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (nint)row * columns), width - column));
            }
        }
    }

    /// <summary>A tile of sums; the rows there are not stand for the last one, which is then computed and stored several times alike.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TVector>(ref float a, int rowStride, int termStride, ref float b, int second, ref float c, int columns, int height, int terms, bool adds)
        where TVector : struct, ILaneVector<TVector>
    {
        ref var a1 = ref Unsafe.Add(ref a, (nint)Math.Min(1, height - 1) * rowStride);
        ref var a2 = ref Unsafe.Add(ref a, (nint)Math.Min(2, height - 1) * rowStride);
        ref var a3 = ref Unsafe.Add(ref a, (nint)Math.Min(3, height - 1) * rowStride);
        ref var a4 = ref Unsafe.Add(ref a, (nint)Math.Min(4, height - 1) * rowStride);
        ref var a5 = ref Unsafe.Add(ref a, (nint)Math.Min(5, height - 1) * rowStride);
        ref var c1 = ref Unsafe.Add(ref c, (nint)Math.Min(1, height - 1) * columns);
        ref var c2 = ref Unsafe.Add(ref c, (nint)Math.Min(2, height - 1) * columns);
        ref var c3 = ref Unsafe.Add(ref c, (nint)Math.Min(3, height - 1) * columns);
        ref var c4 = ref Unsafe.Add(ref c, (nint)Math.Min(4, height - 1) * columns);
        ref var c5 = ref Unsafe.Add(ref c, (nint)Math.Min(5, height - 1) * columns);
        TVector s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        TVector s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        if (adds)
        {
            (s00, s01) = (TVector.Load(ref c), TVector.Load(ref Unsafe.Add(ref c, TVector.Count)));
            (s10, s11) = (TVector.Load(ref c1), TVector.Load(ref Unsafe.Add(ref c1, TVector.Count)));
            (s20, s21) = (TVector.Load(ref c2), TVector.Load(ref Unsafe.Add(ref c2, TVector.Count)));
            (s30, s31) = (TVector.Load(ref c3), TVector.Load(ref Unsafe.Add(ref c3, TVector.Count)));
            (s40, s41) = (TVector.Load(ref c4), TVector.Load(ref Unsafe.Add(ref c4, TVector.Count)));
            (s50, s51) = (TVector.Load(ref c5), TVector.Load(ref Unsafe.Add(ref c5, TVector.Count)));
        }

        nint at = 0;
        for (var term = 0; term < terms; term++)
        {
            var b0 = TVector.Load(ref b);
            var b1 = TVector.Load(ref Unsafe.Add(ref b, second));
            var x = TVector.Create(Unsafe.Add(ref a, at));
            s00 = TVector.MultiplyAdd(x, b0, s00);
            s01 = TVector.MultiplyAdd(x, b1, s01);
            x = TVector.Create(Unsafe.Add(ref a1, at));
            s10 = TVector.MultiplyAdd(x, b0, s10);
            s11 = TVector.MultiplyAdd(x, b1, s11);
            x = TVector.Create(Unsafe.Add(ref a2, at));
            s20 = TVector.MultiplyAdd(x, b0, s20);
            s21 = TVector.MultiplyAdd(x, b1, s21);
            x = TVector.Create(Unsafe.Add(ref a3, at));
            s30 = TVector.MultiplyAdd(x, b0, s30);
            s31 = TVector.MultiplyAdd(x, b1, s31);
            x = TVector.Create(Unsafe.Add(ref a4, at));
            s40 = TVector.MultiplyAdd(x, b0, s40);
            s41 = TVector.MultiplyAdd(x, b1, s41);
            x = TVector.Create(Unsafe.Add(ref a5, at));
            s50 = TVector.MultiplyAdd(x, b0, s50);
            s51 = TVector.MultiplyAdd(x, b1, s51);
            b = ref Unsafe.Add(ref b, Lanes.Count);
            at += termStride;
        }

        StoreRow(ref c, s00, s01);
        StoreRow(ref c1, s10, s11);
        StoreRow(ref c2, s20, s21);
        StoreRow(ref c3, s30, s31);
        StoreRow(ref c4, s40, s41);
        StoreRow(ref c5, s50, s51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVector>(ref float c, TVector first, TVector second)
        where TVector : struct, ILaneVector<TVector>
    {
        first.Store(ref c);
        second.Store(ref Unsafe.Add(ref c, TVector.Count));
    }
}
