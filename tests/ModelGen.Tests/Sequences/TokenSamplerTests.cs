using Xunit;

namespace ModelGen.Tests.Sequences;

public sealed class TokenSamplerTests
{
    private static readonly float[] s_probabilities = [0.1f, 0.4f, 0.05f, 0.3f, 0.15f];

    [Fact]
    public void GreedyTakesTheFirstOfTheGreatest() => Assert.Equal(1, TokenSampler.Greedy([0.2f, 0.4f, 0.4f]));

    [Fact]
    public void DrawsInProportion() => AssertShares(new TokenSampler(), [0.1, 0.4, 0.05, 0.3, 0.15]);

    [Fact]
    public void TemperatureIsAPower()
    {
        var weights = s_probabilities.Select(probability => Math.Pow(probability, 1 / 0.5)).ToArray();
        AssertShares(new TokenSampler { Temperature = 0.5f }, [.. weights.Select(weight => weight / weights.Sum())]);
    }

    [Fact]
    public void TopKKeepsTheGreatest() => AssertShares(new TokenSampler { TopK = 2 }, [0, 0.4 / 0.7, 0, 0.3 / 0.7, 0]);

    [Theory]
    [InlineData(0.3f, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(0.41f, new[] { 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0 })]
    [InlineData(0.8f, new[] { 0, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85 })]
    public void TopPKeepsTheFewestThatReachIt(float topP, double[] expected) => AssertShares(new TokenSampler { TopP = topP }, expected);

    [Fact]
    public void TinyTemperaturesAreGreedy()
    {
        var sampler = new TokenSampler { Temperature = 1e-6f };
        var random = new SeededRandom(1);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(1, sampler.Next(s_probabilities, random)));
    }

    [Fact]
    public void WhatHasNoProbabilityIsNeverDrawn()
    {
        var sampler = new TokenSampler { Temperature = 100 };
        var random = new SeededRandom(1);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(2, sampler.Next([0f, 0f, 1e-30f, 0f], random)));
    }

    [Fact]
    public void NothingIsAllocatedAfterTheFirstDraw()
    {
        var sampler = new TokenSampler { TopK = 3, TopP = 0.9f };
        var random = new SeededRandom(1);
        sampler.Next(s_probabilities, random);
        var before = GC.GetAllocatedBytesForCurrentThread();

        sampler.Next(s_probabilities, random);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void WrongProbabilitiesAreRefused()
    {
        var random = new SeededRandom(1);

        Assert.Throws<ArgumentException>(() => new TokenSampler().Next([], random));
        Assert.Throws<ArgumentException>(() => new TokenSampler().Next([0f, 0f], random));
        Assert.Throws<ArgumentException>(() => new TokenSampler().Next([0.5f, -0.1f], random));
        Assert.Throws<ArgumentException>(() => new TokenSampler().Next([0.5f, float.NaN], random));
        Assert.Throws<ArgumentException>(() => TokenSampler.Greedy([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler { TopK = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler { Temperature = 0 });
    }

    private static void AssertShares(TokenSampler sampler, double[] expected)
    {
        const int draws = 40_000;
        var random = new SeededRandom(7);
        var counts = new int[expected.Length];
        for (var i = 0; i < draws; i++)
        {
            counts[sampler.Next(s_probabilities, random)]++;
        }

        for (var token = 0; token < counts.Length; token++)
        {
            // Five standard deviations of a binomial count.
            var deviation = Math.Sqrt(expected[token] * (1 - expected[token]) / draws);
            Assert.InRange((double)counts[token] / draws, expected[token] - (5 * deviation), expected[token] + (5 * deviation));
        }
    }
}
