using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the second third of Winograd's minimal filtering: at each of the 36 points the product of the weights with a row of
/// patches, summed over channels. A tile of channels by vectors of patches accumulates in registers.
/// </summary>
/// <remarks>
/// The products of a point are written over the patches of the point before it, which are no longer needed and still in the
/// nearest cache: the memory that a row of tiles passes through is half as large.
/// </remarks>
internal static class WinogradProductKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    public static Kernel Create(Contract contract, WinogradGeometry geometry, Value weights, Value work, string name) => new(
        name + "Products",
        $"{contract.Layer}: the products of {geometry.TilesAtOnce} patches at {WinogradGeometry.Points} points, {geometry.Sources}->{geometry.Targets}.",
        [new Operand("weights", weights), new Operand("tiles", work)],
        width => [Emit(geometry, width)]);

    private static string Emit(WinogradGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        var vectors = g.RowWords / width.Lanes;
        var tile = Tile.Choose(g.Targets, vectors, width);
        using (writer.Block($"for (var p = 0; p < {WinogradGeometry.Points}; p++)"))
        {
            foreach (var (start, count, rows) in Tile.Segments(g.Targets, tile.Rows))
            {
                using (writer.Block(Tile.Loop("c", start, count, rows)))
                {
                    foreach (var (first, times, columns) in Tile.Segments(vectors, tile.Columns))
                    {
                        using (writer.Block(Tile.Loop("q", first * width.Lanes, times, columns * width.Lanes)))
                        {
                            EmitTile(
                                writer, g, width, rows, columns, count > 1 ? "c" : Literal.Of(start), times > 1 ? "q" : Literal.Of(first * width.Lanes));
                        }
                    }
                }
            }
        }

        return writer.ToString();
    }

    private static void EmitTile(SourceWriter writer, WinogradGeometry g, VectorWidth width, int rows, int columns, string channel, string word)
    {
        foreach (var (row, column) in Tile.Places(rows, columns))
        {
            writer.Line($"var s{row}_{column} = {width.Type}<float>.Zero;");
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref tiles, {new OffsetText().Add("p", g.PointWords).Add(word, 1).Add("1", g.PointWords)});");
        writer.Line($"ref var w = ref Unsafe.Add<float>(ref weights, {new OffsetText().Add("p", g.WeightPointWords).Add(channel, 1)});");
        using (writer.Block($"for (var i = 0; i < {g.Sources}; i++)"))
        {
            Tile.AddTerm(writer, width, rows, columns, "w", 1);

            writer.Line($"x = ref Unsafe.Add<float>(ref x, {g.RowWords});");
            writer.Line($"w = ref Unsafe.Add<float>(ref w, {g.Targets});");
        }

        writer.Line($"ref var y = ref Unsafe.Add<float>(ref tiles, {new OffsetText().Add("p", g.PointWords).Add(channel, g.RowWords).Add(word, 1)});");
        foreach (var (row, column) in Tile.Places(rows, columns))
        {
            writer.Line($"s{row}_{column}.StoreUnsafe<float>(ref y{Literal.Comma((row * g.RowWords) + (column * width.Lanes))});");
        }
    }
}
