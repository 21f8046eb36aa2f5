using Xunit;

namespace ModelGen.Tests.Sequences;

/// <summary>Compares with the sum over all paths.</summary>
public sealed class CtcDecoderTests
{
    [Theory]
    [InlineData(1, 5, 3, 0)]
    [InlineData(2, 6, 3, 2)]
    [InlineData(3, 4, 4, 1)]
    [InlineData(4, 1, 3, 0)]
    public void AWideBeamAddsUpAllPaths(int seed, int steps, int classes, int blank)
    {
        var probabilities = Probabilities(seed, steps, classes);
        var sums = new Dictionary<string, double>();
        for (var path = 0; path < (int)Math.Pow(classes, steps); path++)
        {
            var product = 1.0;
            var sequence = "";
            var last = blank;
            for (var (step, rest) = (0, path); step < steps; step++, rest /= classes)
            {
                var symbol = rest % classes;
                product *= probabilities[(step * classes) + symbol];
                sequence += symbol != blank && symbol != last ? symbol : "";
                last = symbol;
            }

            sums[sequence] = sums.GetValueOrDefault(sequence) + product;
        }

        var results = CtcDecoder.Beam(probabilities, classes, width: 10_000, blank);

        var expected = sums.OrderByDescending(pair => pair.Value).ToArray();
        Assert.Equal(expected.Select(pair => pair.Key), results.Select(result => string.Concat(result.Tokens)));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(Math.Log(expected[i].Value), results[i].LogProbability, 9);
        }
    }

    [Fact]
    public void GreedyMergesRepetitionsAndDropsBlanks()
    {
        int[] path = [0, 1, 1, 0, 1, 2, 2, 0, 0, 2];
        var probabilities = DatasetColumn.OneHot(path, 3).Floats.ToArray();
        var sequence = new int[path.Length];

        var length = CtcDecoder.Greedy(probabilities, 3, sequence);

        Assert.Equal([1, 1, 2, 2], sequence[..length]);
        Assert.Equal([1, 1, 2, 2], CtcDecoder.Beam(probabilities, 3, width: 2)[0].Tokens);
    }

    [Fact]
    public void TheBeamFindsWhatTheBestPathMisses()
    {
        // The best path is blank, blank (0.36); but three paths read "1" (0.64 together).
        float[] probabilities = [0.6f, 0.4f, 0.6f, 0.4f];
        var sequence = new int[2];

        Assert.Equal(0, CtcDecoder.Greedy(probabilities, 2, sequence));
        Assert.Equal([1], CtcDecoder.Beam(probabilities, 2, width: 3)[0].Tokens);
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy(new float[7], 3, new int[3]));
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy(new float[6], 3, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.Beam(new float[6], 3, width: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.Beam(new float[6], 3, width: 1, blank: 3));
    }

    private static float[] Probabilities(int seed, int steps, int classes)
    {
        var random = new SeededRandom(seed);
        var values = Enumerable.Range(0, steps * classes).Select(_ => random.NextSingle() + 0.01f).ToArray();
        for (var step = 0; step < steps; step++)
        {
            var row = values.AsSpan(step * classes, classes);
            var sum = row.ToArray().Sum();
            for (var i = 0; i < classes; i++)
            {
                row[i] /= sum;
            }
        }

        return values;
    }
}
