using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the first third of Winograd's minimal filtering: the patches of a row of tiles, transformed to 36 points each. A
/// channel's six rows are first transformed down the columns, which neighbouring patches share, then along the rows.
/// </summary>
internal static class WinogradPatchKernel
{
    private const int Lanes = VectorWidth.BlockLanes;
    private const int Patch = WinogradGeometry.Patch;

    public static Kernel Create(Contract contract, WinogradGeometry geometry, Value work, string name) => new(
        name + "Patches",
        $"{contract.Layer}: {(geometry.Turns > 1 ? "" : "a row of ")}{geometry.TilesAtOnce} patches of {geometry.Sources} channels, {geometry.SourceHeight}x{geometry.SourceWidth}, at the points of Winograd's minimal filtering.",
        [new Operand("x", contract.Inputs[0]), new Operand("tiles", work)],
        width => [Emit(geometry, width)])
    {
        Extras = geometry.Arguments,
    };

    private static string Emit(WinogradGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        writer.Line($"ref var columns = ref Unsafe.Add<float>(ref tiles, {g.ColumnsOffset});");
        writer.Line($"ref var zeros = ref Unsafe.Add<float>(ref columns, {g.ColumnsWords});");
        writer.Line("// What lies outside the source stays zero for all channels.");
        writer.Line($"MemoryMarshal.CreateSpan<float>(ref columns, {g.WorkWords - g.ColumnsOffset}).Clear();");
        writer.Line($"var y = (row * {WinogradGeometry.Tile}) - {g.PaddingY};");
        if (g.Turns > 1)
        {
            writer.Line($"var left = (tile * {WinogradGeometry.Tile}) - {g.PaddingX};");
            writer.Line($"var last = Math.Min(left + {g.PatchColumns}, {g.SourceWidth}) * {Lanes};");
            writer.Line($"ref var at = ref Unsafe.Subtract<float>(ref columns, left * {Lanes});");
        }

        using (writer.Block($"for (var c = 0; c < {g.Sources}; c++)"))
        {
            EmitColumns(writer, g, width);
            EmitRows(writer, g, width);
        }

        return writer.ToString();
    }

    /// <summary>Down the columns; a row outside the source is read from zeros.</summary>
    private static void EmitColumns(SourceWriter writer, WinogradGeometry g, VectorWidth width)
    {
        for (var i = 0; i < Patch; i++)
        {
            var place = new OffsetText().Add("c", g.SourceHeight * g.SourceWidth * Lanes).Add("y", g.SourceWidth * Lanes).Add(Literal.Of(i), g.SourceWidth * Lanes);
            writer.Line($"ref var x{i} = ref ((uint)(y + {i}) < {g.SourceHeight} ? ref Unsafe.Add<float>(ref x, {place}) : ref zeros);");
        }

        // The first column of the source is read by the first tile of a row; all tiles at once read some.
        var isWhole = g.Turns == 1;
        var (first, last) = isWhole ? ("0", Literal.Of(Math.Min(g.SourceWidth, g.PatchColumns - g.PaddingX) * Lanes)) : ($"Math.Max(0, left) * {Lanes}", "last");
        using (writer.Block($"for (var j = {first}; j < {last}; j += {width.Lanes})"))
        {
            for (var i = 0; i < Patch; i++)
            {
                writer.Line($"var d{i} = {width.Type}.LoadUnsafe<float>(ref x{i}, (nuint)j);");
            }

            WinogradTransforms.PrefetchNextRows(writer, "j", g.SourceHeight * g.SourceWidth * Lanes);
            var points = WinogradTransforms.Patch(writer, width, [.. Enumerable.Range(0, Patch).Select(i => $"d{i}")]);
            for (var i = 0; i < Patch; i++)
            {
                writer.Line(isWhole
                    ? $"{points[i]}.StoreUnsafe<float>(ref columns, (nuint)(j + {((i * g.PatchColumns) + g.PaddingX) * Lanes}));"
                    : $"{points[i]}.StoreUnsafe<float>(ref at, (nuint)(j + {i * g.PatchColumns * Lanes}));");
            }
        }
    }

    /// <summary>Along the rows of each patch.</summary>
    private static void EmitRows(SourceWriter writer, WinogradGeometry g, VectorWidth width)
    {
        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var t = 0; t < {g.TilesAtOnce}; t++)"));
        if (width.Lanes < Lanes)
        {
            loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        }

        var (source, target) = (new OffsetText().Add("t", WinogradGeometry.Tile * Lanes), new OffsetText().Add("c", g.RowWords).Add("t", Lanes));
        if (width.Lanes < Lanes)
        {
            source.Add("lane", 1);
            target.Add("lane", 1);
        }

        writer.Line($"ref var from = ref Unsafe.Add<float>(ref columns, {source});");
        writer.Line($"ref var to = ref Unsafe.Add<float>(ref tiles, {target.Add("1", g.PointWords)});");
        WinogradTransforms.PatchRows(writer, width, g.PatchColumns, Lanes, g.PointWords);

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }
}
