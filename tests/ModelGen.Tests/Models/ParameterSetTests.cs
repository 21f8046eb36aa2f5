using System.Runtime.InteropServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class ParameterSetTests
{
    [Fact]
    public void ASeedMeansTheSameEverywhere()
    {
        var parameters = new LinearRegression(seed: 1).Parameters;
        Assert.Equal([0.163211659f, -0.262079775f, 0.0878139213f], parameters["dense_1.weight"].Values.ToArray());
        Assert.Equal([-0.39030847f], parameters["dense_1.bias"].Values.ToArray());
        Assert.Equal([0f, 0f, 0f], parameters["running_mean"].Values.ToArray());
        Assert.NotEqual(parameters[0].Values.ToArray(), new LinearRegression(seed: 2).Parameters[0].Values.ToArray());
    }

    [Fact]
    public void FirstValuesAreUniformInTheirBounds()
    {
        var bound = 1 / MathF.Sqrt(LinearRegression.Features);
        var values = Enumerable.Range(0, 1000).SelectMany(seed => new LinearRegression(seed).Parameters[0].Values.ToArray()).ToArray();
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.Equal(0, values.Average(), 0.03f);
        Assert.Equal(bound * bound / 3, values.Select(value => value * value).Average(), 0.01f);
    }

    [Fact]
    public void AParameterIsAViewOfTheArena()
    {
        var parameters = new LinearRegression().Parameters;
        var weight = parameters["dense_1.weight"];
        weight.Values[2] = 7;
        Assert.Equal(7, weight.Tensor[0, 2]);
        Assert.Equal(7, parameters[0].Values[2]);
        Assert.Equal("dense_1.weight (1, 3)", weight.ToString());
        Assert.Equal((3, 1, false), (weight.FanIn, weight.FanOut, weight.IsStatistic));
        Assert.Equal(["dense_1.weight", "dense_1.bias", "running_mean"], parameters.Select(parameter => parameter.Name));
        Assert.Equal(4, parameters.TrainedValues);
    }

    [Fact]
    public void ACloneHasItsOwnValuesAndTheSameSettings()
    {
        var parameters = new LinearRegression(seed: 3).Parameters;
        parameters[0].IsFrozen = true;
        parameters[1].WeightDecayScale = 0;
        var clone = parameters.Clone();
        Assert.Equal(parameters[0].Values.ToArray(), clone[0].Values.ToArray());
        Assert.True(clone[0].IsFrozen);
        Assert.Equal(0, clone[1].WeightDecayScale);

        clone[0].Values.Clear();
        Assert.NotEqual(parameters[0].Values.ToArray(), clone[0].Values.ToArray());
        parameters.CopyFrom(clone);
        Assert.Equal([0f, 0f, 0f], parameters[0].Values.ToArray());
        Assert.Throws<ArgumentException>(() => parameters.CopyFrom(new TwoHeads().Parameters));
    }

    [Fact]
    public void BuffersBeginOnACacheLine()
    {
        for (var length = 0; length < 100; length += 7)
        {
            var buffer = new AlignedBuffer(length);
            Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(buffer.Words, buffer.Start) % 64);
            Assert.Equal(length, buffer.Span.Length);
        }
    }
}
