using Xunit;

namespace ModelGen.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void ColumnsAreSeenWithoutCopying()
    {
        float[] inputs = [1, 2, 3, 4, 5, 6];
        var data = Dataset.ForClassification(inputs, 2, new[] { 7, 8, 9 });

        inputs[3] = 40;

        Assert.Equal(3, data.Count);
        Assert.Equal(40f, data.Inputs[0].Floats[3]);
        Assert.False(data.Inputs[0].IsInt);
        Assert.True(data.Labels[0].IsInt);
        Assert.Throws<InvalidOperationException>(() => data.Inputs[0].Ints.Length);
        Assert.Throws<InvalidOperationException>(() => data.Labels[0].Floats.Length);
    }

    [Fact]
    public void ColumnsOfDifferentLengthAreRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Dataset.ForClassification(new float[6], 2, new int[4]));

        Assert.Contains("has 4 samples; expected 3", exception.Message);
        Assert.Throws<ArgumentException>(() => Dataset.ForRegression(new float[5], 2, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetColumn.FromFloats(new float[5], 0));
        Assert.Throws<ArgumentException>(() => new Dataset([], []));
    }

    [Fact]
    public void SlicesAndSelectionsKeepInputsAndLabelsTogether()
    {
        var data = Numbered(5);

        var slice = data.Slice(1, 3);
        var selection = data.Select([4, 0, 4]);

        Assert.Equal([1, 2, 3], slice.Labels[0].Ints.ToArray());
        Assert.Equal([2f, 3f, 4f, 5f, 6f, 7f], slice.Inputs[0].Floats.ToArray());
        Assert.Equal([4, 0, 4], selection.Labels[0].Ints.ToArray());
        Assert.Equal([8f, 9f, 0f, 1f, 8f, 9f], selection.Inputs[0].Floats.ToArray());
        Assert.Equal([0, 1], data.Take(2).Labels[0].Ints.ToArray());
        Assert.Equal(0, data.Take(0).Count);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 6)]
    [InlineData(6, 0)]
    [InlineData(2, -1)]
    public void SlicesOutsideAreRefused(int start, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Slice(start, count));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void SelectionsOutsideAreRefused(int row) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Select([0, row]));

    [Fact]
    public void ASplitIsAPartitionAndTheSameForASeed()
    {
        var data = Numbered(100);

        var (first, second) = data.Split(0.8, seed: 3);
        var (again, _) = data.Split(0.8, seed: 3);
        var (other, _) = data.Split(0.8, seed: 4);

        Assert.Equal((80, 20), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 100), first.Labels[0].Ints.ToArray().Concat(second.Labels[0].Ints.ToArray()).Order());
        Assert.Equal(first.Labels[0].Ints.ToArray(), again.Labels[0].Ints.ToArray());
        Assert.NotEqual(first.Labels[0].Ints.ToArray(), other.Labels[0].Ints.ToArray());
        Assert.NotEqual(Enumerable.Range(0, 80), first.Labels[0].Ints.ToArray());
        Assert.All(Enumerable.Range(0, 80), row => Assert.Equal(2f * first.Labels[0].Ints[row], first.Inputs[0].Floats[2 * row]));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void AFractionThatIsNoneIsRefused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Split(fraction, seed: 1));

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 5)]
    [InlineData(0.5, 3)]
    public void ASplitMayLeaveAPartEmpty(double fraction, int expected) =>
        Assert.Equal(expected, Numbered(5).Split(fraction, seed: 1).First.Count);

    [Fact]
    public void AShuffledOrderIsAPermutationAndTheSameForASeed()
    {
        var data = Numbered(1000);
        var order = new int[1000];
        var again = new int[1000];

        data.FillShuffledOrder(order, new SeededRandom(5));
        data.FillShuffledOrder(again, new SeededRandom(5));

        Assert.Equal(order, again);
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Throws<ArgumentException>(() => data.FillShuffledOrder(new int[999], new SeededRandom(5)));
    }

    [Theory]
    [InlineData(10, 4, false, new[] { 4, 4, 2 })]
    [InlineData(10, 4, true, new[] { 4, 4 })]
    [InlineData(8, 4, false, new[] { 4, 4 })]
    [InlineData(3, 4, false, new[] { 3 })]
    [InlineData(3, 4, true, new int[0])]
    [InlineData(0, 4, false, new int[0])]
    public void MiniBatchesCoverTheOrder(int samples, int batch, bool dropLast, int[] lengths)
    {
        var order = Enumerable.Range(0, samples).Reverse().ToArray();
        var found = new List<int>();
        var rows = new List<int>();
        foreach (var batchRows in new MiniBatches(order, batch, dropLast))
        {
            found.Add(batchRows.Length);
            rows.AddRange(batchRows);
        }

        Assert.Equal(lengths, found);
        Assert.Equal(lengths.Length, new MiniBatches(order, batch, dropLast).Count);
        Assert.Equal(order[..lengths.Sum()], rows);
    }

    [Fact]
    public void MiniBatchesAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatches(new int[3], 0).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatches(new int[3], 2)[2].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatches(new int[3], 2)[-1].Length);
    }

    [Fact]
    public void ShufflingAndBatchingAllocateNothing()
    {
        var data = Numbered(1000);
        var order = new int[1000];
        var random = new SeededRandom(1);
        var sum = 0f;
        Epoch();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Epoch();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);

        void Epoch()
        {
            data.FillShuffledOrder(order, random);
            foreach (var rows in new MiniBatches(order, 64))
            {
                foreach (var row in rows)
                {
                    sum += data.Inputs[0].Floats[row * data.Inputs[0].Elements] + data.Labels[0].Ints[row];
                }
            }
        }
    }

    [Fact]
    public void OneHotPutsAOneWhereTheClassIs()
    {
        var column = DatasetColumn.OneHot([2, 0], 3);

        Assert.Equal(3, column.Elements);
        Assert.Equal([0f, 0f, 1f, 1f, 0f, 0f], column.Floats.ToArray());
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => DatasetColumn.OneHot([0, 3], 3));
        Assert.Contains("sample 1 is 3; expected 0 … 2", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetColumn.OneHot([-1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetColumn.OneHot([0], 0));
    }

    // Sample i has the inputs (2i, 2i + 1) and the label i.
    private static Dataset Numbered(int count) => Dataset.ForClassification(
        Enumerable.Range(0, 2 * count).Select(i => (float)i).ToArray(), 2, Enumerable.Range(0, count).ToArray());
}
