using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>Writes which place of the input an output place reads with a tap, and skips taps that fall outside.</summary>
internal static class SourcePlace
{
    /// <summary>Declares the place as a local.</summary>
    public static void Declare(SourceWriter writer, ContractAxis axis, string local, string place, string tap) =>
        writer.Line($"var {local} = {new OffsetText().Add(place, axis.Stride).Add(tap, axis.Dilation).Add("1", -axis.Padding)};");

    /// <summary>The other way: declares the output place that an input place is read by with a tap, and goes on with the next tap where there is none.</summary>
    public static void DeclareTransposed(SourceWriter writer, ContractAxis axis, string local, string place, string tap)
    {
        writer.Line($"var {local} = {new OffsetText().Add(place, 1).Add("1", axis.Padding).Add(tap, -axis.Dilation)};");
        if (axis.Stride > 1)
        {
            SkipWhere(writer, $"{local} % {axis.Stride} != 0");
            writer.Line($"{local} /= {axis.Stride};");
        }

        SkipWhere(writer, $"(uint){local} >= {axis.Out}");
    }

    /// <summary>Goes on with the next tap where the place is outside; nothing where none ever is.</summary>
    public static void SkipOutside(SourceWriter writer, ContractAxis axis, string local)
    {
        if (axis.Padding > 0 || ((axis.Out - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) >= axis.In)
        {
            SkipWhere(writer, $"(uint){local} >= {axis.In}");
        }
    }

    /// <summary>Goes on with the next tap where a condition holds.</summary>
    public static void SkipWhere(SourceWriter writer, string condition)
    {
        using (writer.Block($"if ({condition})"))
        {
            writer.Line("continue;");
        }

        writer.Line();
    }
}
