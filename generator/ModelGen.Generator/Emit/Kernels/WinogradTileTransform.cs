using System;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// The transform Aᵀ·m·A of F(4×4, 3×3) from the products at 36 points to the places of a tile, as vector code: column by column
/// of the points and then across them, in an order that keeps few vectors alive:
/// h₀ + (h₁ + h₂) + (h₃ + h₄); (h₁ − h₂) + 2(h₃ − h₄); (h₁ + h₂) + 4(h₃ + h₄); (h₁ − h₂) + 8(h₃ − h₄) + h₅.
/// </summary>
/// <param name="writer">Takes the statements; a reference <c>from</c> stands at the first point.</param>
/// <param name="width">The vectors.</param>
/// <param name="pointWords">The words from one point to the next.</param>
internal sealed class WinogradTileTransform(SourceWriter writer, VectorWidth width, int pointWords)
{
    private const int Patch = Planning.WinogradGeometry.Patch;
    private const int Tile = Planning.WinogradGeometry.Tile;

    /// <summary>Writes the places of a tile that exist.</summary>
    /// <param name="height">The places along the first axis.</param>
    /// <param name="places">The places along the second axis.</param>
    /// <param name="finish">Takes each place and the local that holds its result.</param>
    public void Write(int height, int places, Action<int, int, string> finish)
    {
        EmitColumn(1, height);
        EmitColumn(2, height);
        for (var y = 0; y < height; y++)
        {
            writer.Line($"var s12_{y} = h1_{y} + h2_{y};");
            writer.Line($"var d12_{y} = h1_{y} - h2_{y};");
        }

        EmitColumn(3, height);
        EmitColumn(4, height);
        for (var y = 0; y < height; y++)
        {
            writer.Line($"var s34_{y} = h3_{y} + h4_{y};");
            writer.Line($"var d34_{y} = h3_{y} - h4_{y};");
            Finish(1, y, width.MultiplyAdd(WinogradTransforms.Constant(width, 2), $"d34_{y}", $"d12_{y}"));
            Finish(2, y, width.MultiplyAdd(WinogradTransforms.Constant(width, 4), $"s34_{y}", $"s12_{y}"));
        }

        EmitColumn(0, height);
        for (var y = 0; y < height; y++)
        {
            Finish(0, y, $"h0_{y} + s12_{y} + s34_{y}");
        }

        if (places == Tile)
        {
            EmitColumn(5, height);
            for (var y = 0; y < height; y++)
            {
                Finish(3, y, $"{width.MultiplyAdd(WinogradTransforms.Constant(width, 8), $"d34_{y}", $"d12_{y}")} + h5_{y}");
            }
        }

        void Finish(int x, int y, string text)
        {
            if (x < places)
            {
                writer.Line($"var y{y}_{x} = {text};");
                finish(y, x, $"y{y}_{x}");
            }
        }
    }

    /// <summary>Aᵀ down one column of the points.</summary>
    private void EmitColumn(int column, int height)
    {
        for (var i = 0; i < Patch; i++)
        {
            writer.Line($"var m{column}_{i} = {width.Type}.LoadUnsafe<float>(ref from, {((i * Patch) + column) * pointWords});");
        }

        var (s, d, u, v) = ($"g{column}", $"j{column}", $"e{column}", $"f{column}");
        writer.Line($"var {s} = m{column}_1 + m{column}_2;");
        writer.Line($"var {d} = m{column}_1 - m{column}_2;");
        writer.Line($"var {u} = m{column}_3 + m{column}_4;");
        writer.Line($"var {v} = m{column}_3 - m{column}_4;");
        string[] results =
        [
            $"m{column}_0 + {s} + {u}",
            width.MultiplyAdd(WinogradTransforms.Constant(width, 2), v, d),
            width.MultiplyAdd(WinogradTransforms.Constant(width, 4), u, s),
            $"{width.MultiplyAdd(WinogradTransforms.Constant(width, 8), v, d)} + m{column}_5",
        ];
        for (var y = 0; y < height; y++)
        {
            writer.Line($"var h{column}_{y} = {results[y]};");
        }
    }
}
