using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Planning;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>The one-dimensional transforms of F(4, 3), at the points 0, 1, −1, 2, −2 and ∞, as vector code.</summary>
internal static class WinogradTransforms
{
    /// <summary>
    /// Writes what three of the six results share and returns the six expressions of Bᵀ·d:
    /// 4d₀ − 5d₂ + d₄; d₄ − 4d₂ ± (d₃ − 4d₁); d₄ − d₂ ± 2(d₃ − d₁); 4d₁ − 5d₃ + d₅.
    /// </summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="d">The six numbers of a patch.</param>
    public static IReadOnlyList<string> Patch(SourceWriter writer, VectorWidth width, IReadOnlyList<string> d)
    {
        writer.Line($"var p = {width.MultiplyAdd(Constant(width, -4), d[2], d[4])};");
        writer.Line($"var q = {width.MultiplyAdd(Constant(width, -4), d[1], d[3])};");
        writer.Line($"var r = {d[4]} - {d[2]};");
        writer.Line($"var s = {d[3]} - {d[1]};");
        return
        [
            width.MultiplyAdd(Constant(width, 4), d[0], width.MultiplyAdd(Constant(width, -5), d[2], d[4])),
            "(p + q)",
            "(p - q)",
            width.MultiplyAdd(Constant(width, 2), "s", "r"),
            width.MultiplyAdd(Constant(width, -2), "s", "r"),
            width.MultiplyAdd(Constant(width, 4), d[1], width.MultiplyAdd(Constant(width, -5), d[3], d[5])),
        ];
    }

    /// <summary>Transforms patches along their rows, whose columns are transformed: from the columns at <c>from</c> to the 36 points at <c>to</c>.</summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="columns">The columns from one row to the next.</param>
    /// <param name="columnWords">The words from one column to the next.</param>
    /// <param name="pointWords">The words from one point to the next.</param>
    public static void PatchRows(SourceWriter writer, VectorWidth width, int columns, int columnWords, int pointWords)
    {
        for (var i = 0; i < WinogradGeometry.Patch; i++)
        {
            using (writer.Block(""))
            {
                for (var j = 0; j < WinogradGeometry.Patch; j++)
                {
                    writer.Line($"var d{j} = {width.Type}.LoadUnsafe<float>(ref from, {((i * columns) + j) * columnWords});");
                }

                var points = Patch(writer, width, [.. Enumerable.Range(0, WinogradGeometry.Patch).Select(j => $"d{j}")]);
                for (var j = 0; j < WinogradGeometry.Patch; j++)
                {
                    writer.Line($"{points[j]}.StoreUnsafe<float>(ref to, {((i * WinogradGeometry.Patch) + j) * pointWords});");
                }
            }
        }
    }

    /// <summary>
    /// Lets the rows of the next channel be loaded while those of this one are transformed: they are short and far apart, which
    /// no processor foresees. The first two were read by the tiles above.
    /// </summary>
    /// <param name="writer">Takes the statements; references <c>x0</c> … <c>x5</c> stand at the rows.</param>
    /// <param name="place">The place in a row.</param>
    /// <param name="plane">The words from one channel to the next.</param>
    public static void PrefetchNextRows(SourceWriter writer, string place, int plane)
    {
        for (var row = WinogradGeometry.Taps - 1; row < WinogradGeometry.Patch; row++)
        {
            writer.Line($"Prefetch.Line(ref x{row}, {place} + {plane});");
        }
    }

    /// <summary>The call that brings weights to the points.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="weights">Where the weights are.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="layout">The words from one point to the next, and what further says how they lie.</param>
    public static string Weights(WinogradGeometry g, string weights, string target, string layout)
    {
        var (sourceStride, targetStride) = g.IsForward ? (1, g.Sources) : (g.Targets, 1);
        return $"Winograd.TransformWeights(ref {weights}, {g.Sources}, {g.Targets}, {sourceStride}, {targetStride}, {(g.IsForward ? "false" : "true")}, ref {target}, {layout});";
    }

    /// <summary>
    /// Writes what some of the six results share and returns the expressions of A·y:
    /// y₀; y₀ + y₂ ± (y₁ + y₃); y₀ + 4y₂ ± (2y₁ + 8y₃); y₃.
    /// </summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="y">The four numbers of a tile.</param>
    public static IReadOnlyList<string> Tile(SourceWriter writer, VectorWidth width, IReadOnlyList<string> y)
    {
        writer.Line($"var p = {y[0]} + {y[2]};");
        writer.Line($"var q = {y[1]} + {y[3]};");
        writer.Line($"var r = {width.MultiplyAdd(Constant(width, 4), y[2], y[0])};");
        writer.Line($"var s = {width.MultiplyAdd(Constant(width, 8), y[3], $"{y[1]} + {y[1]}")};");
        return [y[0], "(p + q)", "(p - q)", "(r + s)", "(r - s)", y[3]];
    }

    /// <summary>
    /// Writes what some of the three results share and returns the expressions of Gᵀ·m:
    /// m₀/4 − (m₁ + m₂)/6 + (m₃ + m₄)/24; (m₂ − m₁)/6 + (m₃ − m₄)/12; (m₃ + m₄ − m₁ − m₂)/6 + m₅.
    /// </summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="m">The six sums.</param>
    /// <param name="suffix">Tells the names of what is shared apart.</param>
    public static IReadOnlyList<string> Taps(SourceWriter writer, VectorWidth width, IReadOnlyList<string> m, string suffix)
    {
        var sixth = $"{width.Type}.Create<float>(1f / 6)";
        writer.Line($"var p{suffix} = ({m[1]} + {m[2]}) * {sixth};");
        writer.Line($"var q{suffix} = {m[3]} + {m[4]};");
        return
        [
            $"({width.MultiplyAdd($"{width.Type}.Create<float>(0.25f)", m[0], width.MultiplyAdd($"{width.Type}.Create<float>(1f / 24)", "q" + suffix, "-p" + suffix))})",
            $"({width.MultiplyAdd($"{width.Type}.Create<float>(1f / 12)", $"{m[3]} - {m[4]}", $"({m[2]} - {m[1]}) * {sixth}")})",
            $"({width.MultiplyAdd(sixth, "q" + suffix, $"{m[5]} - p{suffix}")})",
        ];
    }

    /// <summary>A vector of one small number.</summary>
    public static string Constant(VectorWidth width, int value) => $"{width.Type}.Create<float>({Literal.Of(value)}f)";
}
