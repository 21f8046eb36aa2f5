using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the input's side of a weight gradient by Winograd's minimal filtering: the patches of some tiles at 36 points,
/// channels in the lanes. Sixteen channels at a time, so that all stays in the nearest caches: down the columns while
/// samples are the lanes, as the input lies in memory; turned; along the rows.
/// </summary>
internal static class WinogradGradientPatchKernel
{
    private const int Lanes = VectorWidth.BlockLanes;
    private const int Patch = WinogradGeometry.Patch;

    public static Kernel Create(Contract contract, WinogradGradientGeometry geometry, Value work, string name) => new(
        name + "Patches",
        $"{contract.Layer}: patches of {geometry.Inputs} channels, {geometry.InputHeight}x{geometry.InputWidth}, at the points of Winograd's minimal filtering, channels in the lanes.",
        [new Operand("x", contract.Inputs[0]), new Operand("work", work)],
        width => [Emit(geometry, width)])
    {
        Extras = [("int", "row"), ("int", "tile"), ("int", "tiles")],
    };

    private static string Emit(WinogradGradientGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        writer.Line($"ref var columns = ref Unsafe.Add<float>(ref work, {g.ColumnsOffset});");
        writer.Line($"ref var samples = ref Unsafe.Add<float>(ref work, {g.SamplesOffset});");
        writer.Line($"ref var zeros = ref Unsafe.Add<float>(ref work, {g.ZerosOffset});");
        writer.Line($"var y = (row * {WinogradGeometry.Tile}) - {g.PaddingY};");
        writer.Line($"var left = (tile * {WinogradGeometry.Tile}) - {g.PaddingX};");
        writer.Line($"var count = (tiles * {WinogradGeometry.Tile}) + {WinogradGeometry.Taps - 1};");
        writer.Line($"var first = Math.Max(0, left) * {Lanes};");
        writer.Line($"var last = Math.Min(left + count, {g.InputWidth}) * {Lanes};");
        writer.Line($"var before = first - (left * {Lanes});");
        writer.Line($"var behind = ((left + count) * {Lanes}) - last;");
        var groups = g.Inputs > g.Group ? writer.Block($"for (var group = 0; group < {g.Inputs}; group += {g.Group})") : null;
        if (g.Inputs % g.Group > 0)
        {
            writer.Line("// The last group ends with the last channel; some are transformed twice.");
            writer.Line($"group = Math.Min(group, {g.Inputs - g.Group});");
        }

        var channel = groups is null ? "0" : "group";
        EmitColumns(writer, g, width, channel);
        writer.Line($"Winograd.TurnPatches(ref columns, {g.ColumnsPerChannel}, {g.Group}, {g.ChannelWords}, ref samples, {Lanes}, {g.SampleWords});");
        EmitRows(writer, g, width, channel);
        groups?.Dispose();
        return writer.ToString();
    }

    /// <summary>Down the columns; a row outside the input is read from zeros.</summary>
    private static void EmitColumns(SourceWriter writer, WinogradGradientGeometry g, VectorWidth width, string channel)
    {
        var row = g.PatchColumns * Lanes;
        using (writer.Block($"for (var c = 0; c < {g.Group}; c++)"))
        {
            writer.Line($"ref var line = ref Unsafe.Add<float>(ref columns, c * {g.ChannelWords});");
            using (writer.Block("if (before + behind > 0)"))
            {
                writer.Line("// What lies left and right of the input.");
                using (writer.Block($"for (var i = 0; i < {Patch}; i++)"))
                {
                    writer.Line($"MemoryMarshal.CreateSpan<float>(ref Unsafe.Add<float>(ref line, i * {row}), before).Clear();");
                    writer.Line($"MemoryMarshal.CreateSpan<float>(ref Unsafe.Add<float>(ref line, (i * {row}) + (count * {Lanes}) - behind), behind).Clear();");
                }
            }

            writer.Line();
            var source = new OffsetText().Add(channel, g.InputHeight * g.InputWidth * Lanes).Add("c", g.InputHeight * g.InputWidth * Lanes).Add("y", g.InputWidth * Lanes);
            writer.Line($"var place = {source};");
            for (var i = 0; i < Patch; i++)
            {
                writer.Line($"ref var x{i} = ref ((uint)(y + {i}) < {g.InputHeight} ? ref Unsafe.Add<float>(ref x, {new OffsetText().Add("place", 1).Add(Literal.Of(i), g.InputWidth * Lanes)}) : ref zeros);");
            }

            using (writer.Block($"for (var j = first; j < last; j += {width.Lanes})"))
            {
                writer.Line($"ref var to = ref Unsafe.Add<float>(ref line, j - (left * {Lanes}));");
                for (var i = 0; i < Patch; i++)
                {
                    writer.Line($"var d{i} = {width.Type}.LoadUnsafe<float>(ref x{i}, (nuint)j);");
                }

                WinogradTransforms.PrefetchNextRows(writer, "j", g.InputHeight * g.InputWidth * Lanes);
                var points = WinogradTransforms.Patch(writer, width, [.. Enumerable.Range(0, Patch).Select(i => $"d{i}")]);
                for (var i = 0; i < Patch; i++)
                {
                    writer.Line($"{points[i]}.StoreUnsafe<float>(ref to, {i * row});");
                }
            }
        }
    }

    /// <summary>Along the rows of each patch.</summary>
    private static void EmitRows(SourceWriter writer, WinogradGradientGeometry g, VectorWidth width, string channel)
    {
        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var sample = 0; sample < {Lanes}; sample++)"));
        loops.Push(writer.Block("for (var t = 0; t < tiles; t++)"));
        var source = new OffsetText().Add("sample", g.SampleWords).Add("t", WinogradGeometry.Tile * Lanes);
        var target = new OffsetText().Add("sample", g.InputWords).Add("t", Lanes * g.InputWords).Add(channel, 1);
        if (g.Group > width.Lanes)
        {
            loops.Push(writer.Block($"for (var c = 0; c < {g.Group}; c += {width.Lanes})"));
            source.Add("c", 1);
            target.Add("c", 1);
        }

        writer.Line($"ref var from = ref Unsafe.Add<float>(ref samples, {source});");
        writer.Line($"ref var to = ref Unsafe.Add<float>(ref work, {target});");
        WinogradTransforms.PatchRows(writer, width, g.PatchColumns, Lanes, g.PatchPointWords);

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }
}
