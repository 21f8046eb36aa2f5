using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Xunit;

namespace ModelGen.Tests.Numerics;

public sealed partial class VectorMathTests
{
    public static TheoryData<string> Functions => new(VectorFunction.Names);

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorStaysWithinTheBound(string name)
    {
        var function = VectorFunction.Get(name);
        var (largest, where) = (0.0, 0f);
        foreach (var numbers in FloatSample.Batches())
        {
            var results = function.ApplyNarrow(numbers);
            for (var i = 0; i < numbers.Length; i++)
            {
                var error = Error(function, numbers[i], results[i]);
                if (error > largest)
                {
                    (largest, where) = (error, numbers[i]);
                }
            }
        }

        Assert.True(largest <= function.Bound, $"{name}({where:R}) is {function.Apply(where):R}: {largest:F2} units in the last place from {function.Exact(where):R}");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryWidthGivesTheSameBits(string name)
    {
        var function = VectorFunction.Get(name);
        foreach (var numbers in FloatSample.Batches())
        {
            var narrow = MemoryMarshal.Cast<float, int>(function.ApplyNarrow(numbers));
            Assert.True(narrow.SequenceEqual(MemoryMarshal.Cast<float, int>(function.ApplyMiddle(numbers))));
            Assert.True(narrow.SequenceEqual(MemoryMarshal.Cast<float, int>(function.ApplyWide(numbers))));
        }
    }

    [Theory]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 88.73f, float.PositiveInfinity)]
    [InlineData("Exp", float.MaxValue, float.PositiveInfinity)]
    [InlineData("Exp", -87.4f, 0f)]
    [InlineData("Exp", float.MinValue, 0f)]
    [InlineData("Expm1", 0f, 0f)]
    [InlineData("Expm1", float.Epsilon, 0f)]
    [InlineData("Expm1", float.NegativeInfinity, -1f)]
    [InlineData("Expm1", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", -float.Epsilon, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Log1p", 0f, 0f)]
    [InlineData("Log1p", float.Epsilon, float.Epsilon)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log1p", -1.0000001f, float.NaN)]
    [InlineData("Log1p", float.NegativeInfinity, float.NaN)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", 0f, 0f)]
    [InlineData("Tanh", float.Epsilon, float.Epsilon)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Erf", 0f, 0f)]
    [InlineData("Erf", float.Epsilon, float.Epsilon)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    public void LimitsAreExact(string name, float x, float expected) => Assert.Equal(expected, VectorFunction.Get(name).Apply(x));

    [Fact]
    public void LogarithmOfNegativeZeroIsThatOfZero() => Assert.Equal(float.NegativeInfinity, VectorFunction.Get("Log").Apply(-0f));

    [Theory]
    [MemberData(nameof(Functions))]
    public void NanStaysNanWhateverItsPayload(string name)
    {
        var function = VectorFunction.Get(name);
        for (var payload = 0; payload < 1 << 22; payload += 4093)
        {
            Assert.True(float.IsNaN(function.Apply(BitConverter.Int32BitsToSingle(0x7FC00000 | payload))));
            Assert.True(float.IsNaN(function.Apply(BitConverter.Int32BitsToSingle(unchecked((int)0xFFC00000) | payload))));
        }
    }

    [Theory]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Erf", -1f, 1f)]
    public void BoundedFunctionsNeverLeaveTheirRange(string name, float lowest, float highest)
    {
        var function = VectorFunction.Get(name);
        foreach (var numbers in FloatSample.Batches())
        {
            foreach (var result in function.ApplyNarrow(numbers))
            {
                Assert.False(result < lowest || result > highest);
            }
        }
    }

    [Fact]
    public void TheFilesOfTheThreeWidthsDifferInTheirAliasesOnly()
    {
        var texts = new[] { "Vector512", "Vector256", "Vector128" }.Select(width => ReadSource(width).Replace(width, "Vector*", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, PlaceholderPattern().Count(texts[0]));
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
    }

    [GeneratedRegex(@"Vector\*")]
    private static partial Regex PlaceholderPattern();

    private static string ReadSource(string width, [CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..");
        return File.ReadAllText(Path.Combine(root, "src", "ModelGen", "CompilerServices", $"VectorMath.{width}.cs"));
    }

    // In units in the last place of the exact result; a wrong kind of number is infinitely wrong.
    private static double Error(VectorFunction function, float x, float result)
    {
        var exact = function.Exact(x);
        if (double.IsNaN(exact) || float.IsNaN(result))
        {
            return double.IsNaN(exact) && float.IsNaN(result) ? 0 : double.PositiveInfinity;
        }

        if ((float)exact == result || (result == 0 && Math.Abs(exact) < function.SmallestResult))
        {
            return 0;
        }

        const double smallestNormal = 1.1754943508222875e-38;
        var magnitude = Math.Clamp(Math.Abs(exact), smallestNormal, float.MaxValue);
        return Math.Abs(result - exact) / Math.ScaleB(1, Math.ILogB(magnitude) - 23);
    }
}
