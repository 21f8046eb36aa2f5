using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the products of a weight gradient by Winograd's minimal filtering: at each of the 36 points the tiles times the
/// patches, added to the sums of the block over tiles and samples. Input channels are the lanes, tiles are broadcast.
/// </summary>
internal static class WinogradGradientProductKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    public static Kernel Create(Contract contract, WinogradGradientGeometry geometry, Value work, string name) => new(
        name + "Products",
        $"{contract.Layer}: the products of tiles and patches at {WinogradGeometry.Points} points, {geometry.Inputs}->{geometry.Outputs}, summed over samples.",
        [new Operand("work", work)],
        width => [Emit(geometry, width)])
    {
        Extras = [("int", "tiles")],
    };

    private static string Emit(WinogradGradientGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        var vectors = (g.Inputs + width.Lanes - 1) / width.Lanes;
        var tile = Tile.Choose(g.Outputs, vectors, width);
        writer.Line($"var rows = tiles * {Lanes};");
        using (writer.Block($"for (var p = 0; p < {WinogradGeometry.Points}; p++)"))
        {
            foreach (var (first, times, columns) in Tile.Segments(vectors, tile.Columns))
            {
                var columnLoop = Loop(writer, "i", first * width.Lanes, times, columns * width.Lanes);
                foreach (var (start, count, rows) in Tile.Segments(g.Outputs, tile.Rows))
                {
                    using (writer.Block(count > 1 ? $"for (var o = {start}; o < {start + (count * rows)}; o += {rows})" : ""))
                    {
                        EmitTile(writer, g, width, rows, columns, count > 1 ? "o" : Literal.Of(start), times > 1 ? "i" : Literal.Of(first * width.Lanes));
                    }
                }

                columnLoop?.Dispose();
            }
        }

        return writer.ToString();
    }

    private static SourceWriter.Scope? Loop(SourceWriter writer, string variable, int start, int count, int step) =>
        count == 1 ? null : writer.Block($"for (var {variable} = {start}; {variable} < {start + (count * step)}; {variable} += {step})");

    private static void EmitTile(SourceWriter writer, WinogradGradientGeometry g, VectorWidth width, int rows, int columns, string output, string input)
    {
        writer.Line($"ref var y = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", g.SumPointWords).Add(output, g.InputWords).Add(input, 1).Add("1", g.SumsOffset)});");
        foreach (var (row, column) in Places(rows, columns))
        {
            writer.Line($"var s{row}_{column} = {width.Type}.LoadUnsafe<float>(ref y{Comma((row * g.InputWords) + (column * width.Lanes))});");
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", g.PatchPointWords).Add(input, 1)});");
        writer.Line($"ref var d = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", g.TilePointWords).Add(output, g.Rows).Add("1", g.TilesOffset)});");
        using (writer.Block("for (var k = 0; k < rows; k++)"))
        {
            for (var column = 0; column < columns; column++)
            {
                writer.Line($"var x{column} = {width.Type}.LoadUnsafe<float>(ref x{Comma(column * width.Lanes)});");
            }

            for (var row = 0; row < rows; row++)
            {
                var factor = $"{width.Type}.Create<float>({(row == 0 ? "d" : $"Unsafe.Add<float>(ref d, {row * g.Rows})")})";
                if (columns > 1)
                {
                    writer.Line($"var d{row} = {factor};");
                    factor = $"d{row}";
                }

                for (var column = 0; column < columns; column++)
                {
                    writer.Line($"s{row}_{column} = {width.MultiplyAdd($"x{column}", factor, $"s{row}_{column}")};");
                }
            }

            writer.Line($"x = ref Unsafe.Add<float>(ref x, {g.InputWords});");
            writer.Line("d = ref Unsafe.Add<float>(ref d, 1);");
        }

        foreach (var (row, column) in Places(rows, columns))
        {
            writer.Line($"s{row}_{column}.StoreUnsafe<float>(ref y{Comma((row * g.InputWords) + (column * width.Lanes))});");
        }
    }

    private static IEnumerable<(int Row, int Column)> Places(int rows, int columns) =>
        Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, columns).Select(column => (row, column)));

    private static string Comma(int offset) => offset == 0 ? "" : ", " + Literal.Of(offset);
}
