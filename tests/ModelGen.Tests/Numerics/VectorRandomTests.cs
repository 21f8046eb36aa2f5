using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Numerics;

public sealed class VectorRandomTests
{
    private const int Count = 1 << 18;

    /// <summary>Ways to walk through the arguments: what changes from one number to the next.</summary>
    private static readonly Dictionary<string, Func<int, float>> s_walks = new()
    {
        ["samples"] = i => VectorRandom.Uniform(1, 0, (uint)i, 0),
        ["elements"] = i => VectorRandom.Uniform(1, 0, 0, i),
        ["streams"] = i => VectorRandom.Uniform(1, i, 0, 0),
        ["keys"] = i => VectorRandom.Uniform((uint)i, 0, 0, 0),
        ["samples of elements"] = i => VectorRandom.Uniform(7, 3, (uint)(i & 127), i >> 7),
        ["elements of samples"] = i => VectorRandom.Uniform(7, 3, (uint)(i >> 10), i & 1023),
        ["steps of elements"] = i => VectorRandom.Uniform((uint)(i >> 10), 3, 5, i & 1023),
    };

    public static TheoryData<string> Walks => new(s_walks.Keys);

    [Theory]
    [MemberData(nameof(Walks))]
    public void MomentsAreThoseOfTheUniformDistribution(string walk)
    {
        var numbers = Numbers(walk);
        Assert.All(numbers, number => Assert.InRange(number, 0f, 1f - (1f / (1 << 24))));
        var mean = numbers.Average(number => (double)number);
        var variance = numbers.Average(number => (number - 0.5) * (number - 0.5));

        // Five standard deviations of either estimate.
        Assert.InRange(mean, 0.5 - (5 * Math.Sqrt(1 / 12.0 / Count)), 0.5 + (5 * Math.Sqrt(1 / 12.0 / Count)));
        Assert.InRange(variance, (1 / 12.0) - (5 * Math.Sqrt(1 / 180.0 / Count)), (1 / 12.0) + (5 * Math.Sqrt(1 / 180.0 / Count)));
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void EveryPartOfTheRangeIsEquallyLikely(string walk)
    {
        var bins = new int[256];
        var lowBins = new int[256];
        foreach (var number in Numbers(walk))
        {
            var bits = (int)(number * (1 << 24));
            bins[bits >> 16]++;
            lowBins[bits & 255]++;
        }

        // 255 degrees of freedom: outside of this range once in 50,000 either way.
        Assert.InRange(ChiSquare(bins), 170, 355);
        Assert.InRange(ChiSquare(lowBins), 170, 355);
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void NeighboursAreNotCorrelated(string walk)
    {
        var numbers = Numbers(walk);
        foreach (var distance in new[] { 1, 2, 3, 4, 8, 16, 128, 1024 })
        {
            var sum = 0.0;
            for (var i = distance; i < numbers.Length; i++)
            {
                sum += (numbers[i] - 0.5) * (numbers[i - distance] - 0.5);
            }

            Assert.InRange(sum * 12 / (numbers.Length - distance), -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void PairsOfNeighboursFillTheSquare(string walk)
    {
        var numbers = Numbers(walk);
        var cells = new int[256];
        for (var i = 0; i < numbers.Length; i += 2)
        {
            cells[((int)(numbers[i] * 16) * 16) + (int)(numbers[i + 1] * 16)]++;
        }

        Assert.InRange(ChiSquare(cells), 170, 355);
    }

    [Fact]
    public void OtherStreamsAndKeysGiveUnrelatedNumbers()
    {
        foreach (var (key, stream) in new[] { (1u, 1), (2u, 0), (3u, 7), (uint.MaxValue, 0), (1u, int.MaxValue) })
        {
            var sum = 0.0;
            for (var i = 0; i < Count; i++)
            {
                var sample = (uint)(i & 127);
                sum += (VectorRandom.Uniform(1, 0, sample, i >> 7) - 0.5) * (VectorRandom.Uniform(key, stream, sample, i >> 7) - 0.5);
            }

            Assert.InRange(sum * 12 / Count, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void EveryWidthGivesTheNumbersOfItsSamples()
    {
        var random = new SeededRandom(3);
        for (var repeat = 0; repeat < 1000; repeat++)
        {
            var key = (uint)random.NextUInt64();
            var stream = random.NextInt(1000);
            var sample = (uint)random.NextUInt64();
            var element = random.NextInt(int.MaxValue);
            var wide = VectorRandom.Uniform512(key, stream, sample, element);
            var middle = VectorRandom.Uniform256(key, stream, sample, element);
            var narrow = VectorRandom.Uniform128(key, stream, sample, element);
            for (var lane = 0; lane < 16; lane++)
            {
                var expected = VectorRandom.Uniform(key, stream, unchecked(sample + (uint)lane), element);
                Assert.Equal(expected, wide[lane]);
                Assert.Equal(expected, lane < 8 ? middle[lane] : expected);
                Assert.Equal(expected, lane < 4 ? narrow[lane] : expected);
            }
        }
    }

    private static float[] Numbers(string walk) => [.. Enumerable.Range(0, Count).Select(s_walks[walk])];

    private static double ChiSquare(int[] bins)
    {
        var expected = bins.Sum() / (double)bins.Length;
        return bins.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
