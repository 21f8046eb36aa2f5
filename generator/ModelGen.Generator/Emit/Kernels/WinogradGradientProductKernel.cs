using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the products of a weight gradient by Winograd's minimal filtering: at each of the 36 points the tiles times the
/// patches, added to the sums of the section over tiles and samples. Input channels are the lanes, tiles are broadcast.
/// </summary>
internal static class WinogradGradientProductKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    public static Kernel Create(Contract contract, WinogradGradientGeometry geometry, Value work, Value sections, string name) => new(
        name + "Products",
        $"{contract.Layer}: the products of tiles and patches at {WinogradGeometry.Points} points, {geometry.Inputs}->{geometry.Outputs}, summed over samples.",
        [new Operand("work", work), new Operand("sums", sections)],
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
                using (times > 1 ? writer.Block(Tile.Loop("i", first * width.Lanes, times, columns * width.Lanes)) : null)
                {
                    foreach (var (start, count, rows) in Tile.Segments(g.Outputs, tile.Rows))
                    {
                        using (writer.Block(Tile.Loop("o", start, count, rows)))
                        {
                            EmitTile(writer, g, width, rows, columns, count > 1 ? "o" : Literal.Of(start), times > 1 ? "i" : Literal.Of(first * width.Lanes));
                        }
                    }
                }
            }
        }

        return writer.ToString();
    }

    private static void EmitTile(SourceWriter writer, WinogradGradientGeometry g, VectorWidth width, int rows, int columns, string output, string input)
    {
        writer.Line($"ref var y = ref Unsafe.Add<float>(ref sums, {new OffsetText().Add("p", g.SumPointWords).Add(output, g.InputWords).Add(input, 1)});");
        foreach (var (row, column) in Tile.Places(rows, columns))
        {
            writer.Line($"var s{row}_{column} = {width.Type}.LoadUnsafe<float>(ref y{Literal.Comma((row * g.InputWords) + (column * width.Lanes))});");
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", g.PatchPointWords).Add(input, 1)});");
        writer.Line($"ref var d = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", g.TilePointWords).Add(output, g.Rows).Add("1", g.TilesOffset)});");
        using (writer.Block("for (var k = 0; k < rows; k++)"))
        {
            Tile.AddTerm(writer, width, rows, columns, "d", g.Rows);

            writer.Line($"x = ref Unsafe.Add<float>(ref x, {g.InputWords});");
            writer.Line("d = ref Unsafe.Add<float>(ref d, 1);");
        }

        foreach (var (row, column) in Tile.Places(rows, columns))
        {
            writer.Line($"s{row}_{column}.StoreUnsafe<float>(ref y{Literal.Comma((row * g.InputWords) + (column * width.Lanes))});");
        }
    }
}
