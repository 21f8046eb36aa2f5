using Xunit;

namespace ModelGen.Tests.Numerics;

public sealed class SeededRandomTests
{
    [Fact]
    public void SequenceIsThatOfThePublishedGenerator()
    {
        var random = new SeededRandom(0);
        random.ImportState([1, 2, 3, 4]);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
            16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.All(expected, number => Assert.Equal(number, random.NextUInt64()));
    }

    [Fact]
    public void SeedFillsTheStateByThePublishedSplitMix()
    {
        var state = new ulong[SeededRandom.StateLength];
        new SeededRandom(1234567).ExportState(state);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431], state);
        Assert.Equal(0x99EC5F36CB75F2B4, new SeededRandom(0).NextUInt64());
    }

    [Fact]
    public void StateContinuesTheSequence()
    {
        var random = new SeededRandom(5);
        for (var i = 0; i < 100; i++)
        {
            random.NextGaussian();
        }

        var state = new ulong[SeededRandom.StateLength];
        random.ExportState(state);
        var resumed = new SeededRandom(-1);
        resumed.ImportState(state);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(random.NextGaussian(), resumed.NextGaussian());
        }
    }

    [Fact]
    public void WrongStatesAreRefused()
    {
        var random = new SeededRandom(0);
        Assert.Contains("3", Assert.Throws<ArgumentException>("destination", () => random.ExportState(new ulong[3])).Message, StringComparison.Ordinal);
        Assert.Contains("5", Assert.Throws<ArgumentException>("state", () => random.ImportState(new ulong[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("state", () => random.ImportState(new ulong[4]));
    }

    [Fact]
    public void DerivedSequencesAreDistinct()
    {
        var first = new HashSet<ulong>();
        for (var seed = -20; seed < 20; seed++)
        {
            Assert.True(first.Add(new SeededRandom(seed).NextUInt64()));
            for (var index = -5; index < 500; index++)
            {
                Assert.True(first.Add(SeededRandom.Derive(seed, index).NextUInt64()));
            }
        }

        Assert.Equal(SeededRandom.Derive(7, 3).NextUInt64(), SeededRandom.Derive(7, 3).NextUInt64());
    }

    [Fact]
    public void FirstNumbersOfNeighbouringSeedsAreUniform()
    {
        var bins = new int[64];
        for (var seed = 0; seed < 64000; seed++)
        {
            bins[(int)(new SeededRandom(seed).NextDouble() * 64)]++;
        }

        AssertUniform(bins, 1000);
    }

    [Fact]
    public void FractionsAreUniformAndBelowOne()
    {
        var random = new SeededRandom(1);
        var singles = new int[64];
        var doubles = new int[64];
        for (var i = 0; i < 64000; i++)
        {
            var single = random.NextSingle();
            var number = random.NextDouble();
            Assert.InRange(single, 0f, 1f - (1f / (1 << 24)));
            Assert.InRange(number, 0.0, 1.0 - (1.0 / (1L << 53)));
            singles[(int)(single * 64)]++;
            doubles[(int)(number * 64)]++;
        }

        AssertUniform(singles, 1000);
        AssertUniform(doubles, 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(64)]
    public void IntegersAreUniform(int bound)
    {
        var random = new SeededRandom(2);
        var bins = new int[bound];
        for (var i = 0; i < bound * 1000; i++)
        {
            bins[random.NextInt(bound)]++;
        }

        AssertUniform(bins, 1000);
    }

    [Fact]
    public void LargeBoundsAreNotBiased()
    {
        // The remainder of 32 bits by ¾·2³¹ would be twice as likely in its lower two thirds.
        const int bound = 3 << 29;
        var random = new SeededRandom(4);
        var bins = new int[3];
        for (var i = 0; i < 60000; i++)
        {
            bins[random.NextInt(bound) / (1 << 29)]++;
        }

        AssertUniform(bins, 20000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void BoundsBelowOneAreRefused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => new SeededRandom(0).NextInt(bound));

    [Fact]
    public void GaussianHasTheMomentsOfTheNormalDistribution()
    {
        const int count = 400_000;
        var random = new SeededRandom(6);
        var moments = new double[5];
        var tail = 0;
        for (var i = 0; i < count; i++)
        {
            var number = random.NextGaussian();
            for (var power = 1; power <= 4; power++)
            {
                moments[power] += Math.Pow(number, power) / count;
            }

            tail += Math.Abs(number) > 1.959963984540054 ? 1 : 0;
        }

        // The variances of the four estimates are 1, 2, 15 and 96 over the count.
        Assert.InRange(moments[1], -0.008, 0.008);
        Assert.InRange(moments[2], 0.988, 1.012);
        Assert.InRange(moments[3], -0.031, 0.031);
        Assert.InRange(moments[4], 2.92, 3.08);
        Assert.InRange(tail / (double)count, 0.0483, 0.0517);
    }

    [Fact]
    public void GaussianIsThePolarMethodWithTheSameBitsOnEveryPlatform()
    {
        var random = new SeededRandom(2024);
        var uniform = new SeededRandom(2024);
        var hash = 0L;
        for (var i = 0; i < 1000; i++)
        {
            double x, y, square;
            do
            {
                x = (2 * uniform.NextDouble()) - 1;
                y = (2 * uniform.NextDouble()) - 1;
                square = (x * x) + (y * y);
            }
            while (square >= 1);

            var number = random.NextGaussian();
            Assert.Equal(x * Math.Sqrt(-2 * Math.Log(square) / square), number, 1e-14);
            hash = (hash * 31) + BitConverter.DoubleToInt64Bits(number);
        }

        Assert.Equal(3714321804812002544, hash);
    }

    [Fact]
    public void EveryOrderIsEquallyLikely()
    {
        var random = new SeededRandom(8);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 24000; i++)
        {
            int[] order = [0, 1, 2, 3];
            random.Shuffle<int>(order);
            var key = string.Concat(order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        AssertUniform([.. counts.Values], 1000);
    }

    [Fact]
    public void ShuffleKeepsEveryValue()
    {
        var values = Enumerable.Range(0, 1000).ToArray();
        new SeededRandom(9).Shuffle<int>(values);
        Assert.NotEqual(Enumerable.Range(0, 1000), values);
        Assert.Equal(Enumerable.Range(0, 1000), values.Order());
        new SeededRandom(9).Shuffle<int>([]);
    }

    // Chi-square within five standard deviations of its mean, the degrees of freedom.
    private static void AssertUniform(int[] bins, double expected)
    {
        var chiSquare = bins.Sum(count => (count - expected) * (count - expected) / expected);
        var freedom = bins.Length - 1;
        Assert.InRange(chiSquare, 0, freedom + (5 * Math.Sqrt(2 * freedom)));
    }
}
