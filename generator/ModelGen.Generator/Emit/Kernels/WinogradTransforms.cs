using System.Collections.Generic;

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

    /// <summary>A vector of one small number.</summary>
    public static string Constant(VectorWidth width, int value) => $"{width.Type}.Create<float>({Literal.Of(value)}f)";
}
