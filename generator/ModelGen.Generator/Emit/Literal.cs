using System.Globalization;

namespace ModelGen.Generator.Emit;

/// <summary>Numbers as C# source, the same under every culture.</summary>
internal static class Literal
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float that reads back to the same bits.</summary>
    public static string Of(double value)
    {
        var number = (float)value;
        return float.IsNaN(number) ? "float.NaN"
            : float.IsPositiveInfinity(number) ? "float.PositiveInfinity"
            : float.IsNegativeInfinity(number) ? "float.NegativeInfinity"
            : number.ToString("R", CultureInfo.InvariantCulture) + "f";
    }

    /// <summary>An offset as a further argument, unsigned as a pointer is; none where it is zero.</summary>
    public static string Comma(int offset) => offset switch
    {
        0 => "",
        < 0 => $", unchecked((nuint)({Of(offset)}))",
        _ => ", " + Of(offset),
    };
}
