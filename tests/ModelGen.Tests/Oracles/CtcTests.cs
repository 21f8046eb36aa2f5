using ModelGen.Reference;
using ModelGen.Reference.Oracles;
using ModelGen.Reference.Oracles.Layers;
using ModelGen.Reference.Oracles.Losses;
using Xunit;

namespace ModelGen.Tests.Oracles;

/// <summary>The oracle's connectionist temporal classification against the sum over every single path.</summary>
public sealed class CtcTests
{
    [Theory]
    [InlineData(1, 2, 0, new int[0])]
    [InlineData(1, 3, 2, new[] { 1 })]
    [InlineData(4, 3, 0, new int[0])]
    [InlineData(4, 3, 0, new[] { 1, 2 })]
    [InlineData(4, 3, 1, new[] { 2, 2 })]
    [InlineData(3, 3, 0, new[] { 1, 1 })]
    [InlineData(6, 4, 3, new[] { 0, 1, 0 })]
    [InlineData(7, 3, 2, new[] { 0, 0, 1, 1 })]
    [InlineData(6, 3, 0, new[] { 2, 1, 2, 1, 2, 1 })]
    public void IsTheSumOverAllPaths(int steps, int classes, int blank, int[] transcript)
    {
        var loss = new CtcOracle(new OracleType([steps, classes], [OracleRole.Time, OracleRole.Feature]), weight: 1, blank, maxLength: 0);
        double[] x = [.. Enumerable.Range(0, steps * classes).Select(i => 3 * HashedNumbers.Uniform(7, i))];
        var probabilities = x.Chunk(classes).Select(SoftmaxOracle.Softmax).ToArray();
        var total = 0.0;
        foreach (var path in Places.All([.. Enumerable.Repeat(classes, steps)]))
        {
            if (Collapse(path, blank).SequenceEqual(transcript))
            {
                total += path.Select((label, t) => probabilities[t][label]).Aggregate(1.0, (product, p) => product * p);
            }
        }

        double[] labels = [.. transcript.Select(label => (double)label)];
        Assert.Equal(-Math.Log(total) / Math.Max(1, transcript.Length), loss.Value([x], [labels]), 1e-12);
    }

    /// <summary>Repetitions joined, blanks left out.</summary>
    private static IEnumerable<int> Collapse(int[] path, int blank) => path.Where((label, t) => label != blank && (t == 0 || path[t - 1] != label));
}
