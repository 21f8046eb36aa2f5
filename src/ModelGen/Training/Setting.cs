using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelGen;

/// <summary>Checks the numbers a user sets; not-a-number is refused everywhere.</summary>
internal static class Setting
{
    public static float Positive(float value, [CallerMemberName] string name = "") =>
        value > 0 && float.IsFinite(value) ? value : throw OutOfRange(name, value, "a positive number");

    public static float NotNegative(float value, [CallerMemberName] string name = "") =>
        value >= 0 && float.IsFinite(value) ? value : throw OutOfRange(name, value, "zero or a positive number");

    public static float? PositiveOrNull(float? value, [CallerMemberName] string name = "") =>
        value is { } number ? Positive(number, name) : null;

    public static float Fraction(float value, [CallerMemberName] string name = "") =>
        value is >= 0 and < 1 ? value : throw OutOfRange(name, value, "a number from 0 up to but not including 1");

    public static float Epsilon(float value, [CallerMemberName] string name = "") =>
        value >= 1e-30f && float.IsFinite(value) ? value : throw OutOfRange(name, value, "a number of at least 1e-30");

    public static long Positive(long value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw OutOfRange(name, value, "a positive whole number");

    public static long AtLeast(long value, long least, [CallerMemberName] string name = "") =>
        value >= least ? value : throw OutOfRange(name, value, $"a whole number of at least {least}");

    public static int Positive(int value, [CallerMemberName] string name = "") => (int)Positive((long)value, name);

    public static int NotNegative(int value, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw OutOfRange(name, value, "zero or a positive whole number");

    /// <summary>The decimal number that was written, such as 0.999, which one minus 0.999f is not precise enough for.</summary>
    public static double AsWritten(float value) => (double)(decimal)value;

    private static ArgumentOutOfRangeException OutOfRange<T>(string name, T value, string expected)
        where T : IFormattable =>
        new(name, value, $"{name} is {value.ToString(null, CultureInfo.InvariantCulture)}; expected {expected}.");
}
