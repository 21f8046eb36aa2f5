using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the output's side of a weight gradient by Winograd's minimal filtering: tiles of 4×4 gradients at 36 points, down
/// the columns and then along the rows. Samples are the lanes, which the products read one by one.
/// </summary>
internal static class WinogradGradientTileKernel
{
    private const int Lanes = VectorWidth.BlockLanes;
    private const int Patch = WinogradGeometry.Patch;
    private const int Tile = WinogradGeometry.Tile;

    public static Kernel Create(Contract contract, WinogradGradientGeometry geometry, Value work, string name) => new(
        name + "Tiles",
        $"{contract.Layer}: tiles of the gradient of {geometry.Outputs} channels, {geometry.OutputHeight}x{geometry.OutputWidth}, at the points of Winograd's minimal filtering.",
        [new Operand("d", contract.Inputs[1]), new Operand("work", work)],
        width => [Emit(geometry, width)])
    {
        Extras = [("int", "row"), ("int", "tile"), ("int", "tiles")],
    };

    private static string Emit(WinogradGradientGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        writer.Line("// What the border cuts off stays zero in the columns.");
        writer.Line($"ref var columns = ref Unsafe.Add<float>(ref work, {g.ClearedOffset});");
        writer.Line($"ref var zeros = ref Unsafe.Add<float>(ref work, {g.ZerosOffset});");
        writer.Line($"var y = row * {Tile};");
        writer.Line($"var last = Math.Min((tile + tiles) * {Tile}, {g.OutputWidth}) * {Lanes};");
        using (writer.Block($"for (var c = 0; c < {g.Outputs}; c++)"))
        {
            for (var i = 0; i < Tile; i++)
            {
                var place = new OffsetText().Add("c", g.OutputHeight * g.OutputWidth * Lanes).Add("y", g.OutputWidth * Lanes).Add(Literal.Of(i), g.OutputWidth * Lanes);
                writer.Line(i == 0
                    ? $"ref var d0 = ref Unsafe.Add<float>(ref d, {place});"
                    : $"ref var d{i} = ref (y + {i} < {g.OutputHeight} ? ref Unsafe.Add<float>(ref d, {place}) : ref zeros);");
            }

            using (writer.Block($"for (var j = tile * {Tile * Lanes}; j < last; j += {width.Lanes})"))
            {
                for (var i = 0; i < Tile; i++)
                {
                    writer.Line($"var e{i} = {width.Type}.LoadUnsafe<float>(ref d{i}, (nuint)j);");
                }

                writer.Line("ref var to = ref Unsafe.Add<float>(ref columns, j);");
                EmitPoints(writer, width, g.TileColumnWords, 0);
            }

            using (writer.Block("for (var t = 0; t < tiles; t++)"))
            {
                var lanes = width.Lanes < Lanes ? writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})") : null;
                writer.Line($"ref var from = ref Unsafe.Add<float>(ref columns, {Lane(new OffsetText().Add("(tile + t)", Tile * Lanes), width)});");
                writer.Line($"ref var to = ref Unsafe.Add<float>(ref work, {Lane(new OffsetText().Add("c", g.Rows).Add("t", Lanes).Add("1", g.TilesOffset), width)});");
                for (var i = 0; i < Patch; i++)
                {
                    using (writer.Block(""))
                    {
                        for (var j = 0; j < Tile; j++)
                        {
                            writer.Line($"var e{j} = {width.Type}.LoadUnsafe<float>(ref from, {(i * g.TileColumnWords) + (j * Lanes)});");
                        }

                        EmitPoints(writer, width, g.TilePointWords, i * Patch * g.TilePointWords);
                    }
                }

                lanes?.Dispose();
            }
        }

        return writer.ToString();
    }

    /// <summary>Transforms e0 … e3 and stores the six results, so many words apart.</summary>
    private static void EmitPoints(SourceWriter writer, VectorWidth width, int stride, int start)
    {
        var points = WinogradTransforms.Tile(writer, width, [.. Enumerable.Range(0, Tile).Select(i => $"e{i}")]);
        for (var i = 0; i < Patch; i++)
        {
            writer.Line($"{points[i]}.StoreUnsafe<float>(ref to, {start + (i * stride)});");
        }
    }

    private static OffsetText Lane(OffsetText offset, VectorWidth width) => width.Lanes < Lanes ? offset.Add("lane", 1) : offset;
}
