using Xunit;

namespace ModelGen.Tests.Data;

public sealed class NormalizationTests
{
    [Fact]
    public void StandardTakesTheTrainingPartToMeanZeroAndDeviationOne()
    {
        var training = DatasetColumn.FromFloats(new float[] { 1, 10, 2, 30, 3, 50, 6, 70 }, 2);

        var normalization = Normalization.Standard(training);

        Assert.Equal([3f, 40f], normalization.Offsets.ToArray());
        Assert.Equal([1 / Math.Sqrt(3.5), 1 / Math.Sqrt(500)], normalization.Scales.ToArray().Select(scale => (double)scale), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal([0f, 0f], normalization.Apply(DatasetColumn.FromFloats(new float[] { 3, 40 }, 2)).Floats.ToArray());
    }

    [Fact]
    public void MinMaxTakesTheTrainingPartToZeroAndOne()
    {
        var training = DatasetColumn.FromFloats(new float[] { 1, 10, 5, 30, 3, 50 }, 2);

        var normalization = Normalization.MinMax(training);

        Assert.Equal([0f, 0f, 1f, 0.5f, 0.5f, 1f], normalization.Apply(training).Floats.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal([2f, -1f], normalization.Apply(DatasetColumn.FromFloats(new float[] { 9, -30 }, 2)).Floats.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void ChannelsAreNormalisedAsAWhole()
    {
        // Two samples of two channels of two places.
        var images = DatasetColumn.FromFloats(new float[] { 0, 2, 10, 10, 4, 6, 30, 30 }, 4);

        Assert.Equal([3f, 20f], Normalization.Standard(images, features: 2).Offsets.ToArray());
        Assert.Equal([0f, 10f], Normalization.MinMax(images, features: 2).Offsets.ToArray());
        Assert.Equal([11.5f], Normalization.Standard(images, features: 1).Offsets.ToArray());
    }

    [Fact]
    public void AConstantFeatureStaysFinite()
    {
        var constant = DatasetColumn.FromFloats(Enumerable.Repeat(0.1f, 1000).ToArray());

        foreach (var normalization in new[] { Normalization.Standard(constant), Normalization.MinMax(constant) })
        {
            Assert.Equal([1f], normalization.Scales.ToArray());
            Assert.All(normalization.Apply(constant).Floats.ToArray(), value => Assert.Equal(0f, value));
        }
    }

    [Fact]
    public void InvertUndoesApply()
    {
        var normalization = new Normalization([1f, -2f], [0.5f, 4f]);
        float[] values = [3f, 7f, -1f, 0.5f];

        normalization.Apply(values);
        Assert.Equal([1f, 36f, -1f, 10f], values);

        normalization.Invert(values);
        Assert.Equal([3f, 7f, -1f, 0.5f], values);
    }

    [Fact]
    public void ADatasetKeepsItsLabels()
    {
        var data = Dataset.ForClassification(new float[] { 1, 3 }, 1, new[] { 5, 6 });

        var normalised = Normalization.Standard(data.Inputs[0]).Apply(data);

        Assert.Equal([-1f, 1f], normalised.Inputs[0].Floats.ToArray());
        Assert.Equal([1f, 3f], data.Inputs[0].Floats.ToArray());
        Assert.Equal([5, 6], normalised.Labels[0].Ints.ToArray());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var column = DatasetColumn.FromFloats(new float[6], 3);
        var normalization = new Normalization([0f, 0f], [1f, 1f]);

        Assert.Throws<ArgumentException>(() => Normalization.Standard(column, features: 2));
        Assert.Throws<ArgumentException>(() => Normalization.MinMax(column, features: -1));
        Assert.Throws<ArgumentException>(() => Normalization.Standard(DatasetColumn.FromFloats(Array.Empty<float>(), 3)));
        Assert.Throws<ArgumentException>(() => normalization.Apply(column));
        Assert.Throws<ArgumentException>(() => normalization.Apply(new float[5]));
        Assert.Throws<ArgumentException>(() => new Normalization([0f], [0f]));
        Assert.Throws<ArgumentException>(() => new Normalization([float.NaN], [1f]));
        Assert.Throws<ArgumentException>(() => new Normalization([0f, 1f], [1f]));
        Assert.Throws<ArgumentException>(() => new Normalization([], []));
    }
}
