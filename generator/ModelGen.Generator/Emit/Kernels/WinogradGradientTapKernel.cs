using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the end of a weight gradient by Winograd's minimal filtering: from the sums of all sections at 36 points to the nine
/// taps, added to the sums of the block's group. Input channels are the lanes.
/// </summary>
internal static class WinogradGradientTapKernel
{
    private const int Patch = WinogradGeometry.Patch;
    private const int Taps = WinogradGeometry.Taps;

    public static Kernel Create(Contract contract, WinogradGradientGeometry geometry, Value sections, Value sum, string name) => new(
        name + "Taps",
        $"{contract.Layer}: from sums at the points of Winograd's minimal filtering to the gradient of {geometry.Outputs}x{geometry.Inputs} kernels.",
        [new Operand("sections", sections), new Operand("sums", sum)],
        width => [Emit(geometry, width)])
    {
        IsShared = geometry.Sections > 1,
    };

    private static string Emit(WinogradGradientGeometry g, VectorWidth width)
    {
        var writer = new SourceWriter();
        using (writer.Block(SharedLoop.For(g.Sections > 1, "o", g.Outputs)))
        using (writer.Block($"for (var i = 0; i < {g.Inputs}; i += {width.Lanes})"))
        {
            writer.Line($"ref var from = ref Unsafe.Add<float>(ref sections, {new OffsetText().Add("o", g.InputWords).Add("i", 1)});");
            writer.Line($"ref var to = ref Unsafe.Add<float>(ref sums, {new OffsetText().Add("o", g.InputWords).Add("i", 1)});");
            for (var j = 0; j < Patch; j++)
            {
                for (var i = 0; i < Patch; i++)
                {
                    var point = ((i * Patch) + j) * g.SumPointWords;
                    writer.Line($"var m{i}_{j} = {string.Join(" + ", Enumerable.Range(0, g.Sections).Select(section => $"{width.Type}.LoadUnsafe<float>(ref from, {point + (section * g.SectionWords)})"))};");
                }

                var taps = WinogradTransforms.Taps(writer, width, [.. Enumerable.Range(0, Patch).Select(i => $"m{i}_{j}")], $"_{j}");
                for (var k = 0; k < Taps; k++)
                {
                    writer.Line($"var h{k}_{j} = {taps[k]};");
                }
            }

            for (var k = 0; k < Taps; k++)
            {
                var taps = WinogradTransforms.Taps(writer, width, [.. Enumerable.Range(0, Patch).Select(j => $"h{k}_{j}")], $"_y{k}");
                for (var l = 0; l < Taps; l++)
                {
                    var offset = ((k * Taps) + l) * g.Outputs * g.InputWords;
                    writer.Line($"({width.Type}.LoadUnsafe<float>(ref to, {offset}) + {taps[l]}).StoreUnsafe<float>(ref to, {offset});");
                }
            }
        }

        return writer.ToString();
    }
}
