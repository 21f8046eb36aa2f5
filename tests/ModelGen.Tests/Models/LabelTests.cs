using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class LabelTests
{
    private const int Samples = 37;

    [Theory]
    [InlineData(0, 3)]
    [InlineData(17, -2)]
    [InlineData(32, int.MaxValue)]
    [InlineData(36, int.MinValue)]
    public void ALabelOutOfRangeIsRefused(int row, int label)
    {
        var labels = new int[Samples];
        labels[row] = label;
        var exception = Assert.Throws<ArgumentException>(() => Run(TwoHeads.Definition, new int[Samples], labels));
        Assert.StartsWith($"labels: label {label} of row {row}; expected 0 … 2, or -1 to take no part.", exception.Message);
        Assert.Equal("labels", exception.ParamName);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(36, -1)]
    public void ATokenOutOfRangeIsRefused(int row, int token)
    {
        var tokens = new int[Samples];
        tokens[row] = token;
        var exception = Assert.Throws<ArgumentException>(() => Run(TwoHeads.Definition, tokens, new int[Samples]));
        Assert.StartsWith($"token: token {token} of row {row}; expected 0 … 4.", exception.Message);
    }

    [Fact]
    public void ALaterPartNamesTheRowOfTheWholeSpan()
    {
        var labels = new int[Samples];
        labels[30] = 9;
        var trainer = new TwoHeads.TwoHeadsTrainer(TwoHeads.Definition, new TwoHeads().Parameters, batch: 8);
        var exception = Assert.Throws<ArgumentException>(
            () => trainer.Evaluate(new float[3 * Samples], new int[Samples], labels, new float[3 * Samples]));
        Assert.StartsWith("labels: label 9 of row 30;", exception.Message);
    }

    [Fact]
    public void AWrongLabelOfADatasetNamesItsRow()
    {
        var labels = new int[Samples];
        labels[30] = 9;
        var trainer = new TwoHeads.TwoHeadsTrainer(TwoHeads.Definition, new TwoHeads().Parameters, batch: 8);
        var data = new Dataset(
            [DatasetColumn.FromFloats(new float[3 * Samples], 3), DatasetColumn.FromInts(new int[Samples])],
            [DatasetColumn.FromInts(labels), DatasetColumn.FromFloats(new float[3 * Samples], 3)]);
        Assert.StartsWith("labels: label 9 of row 30;", Assert.Throws<ArgumentException>(() => trainer.Step(data, [1, 30, 2])).Message);
        trainer.Step(data, [1, 29, 2]);
    }

    [Fact]
    public void EveryLossIsDividedByWhatTakesPart()
    {
        // The second loss has weight ½ and three targets a sample.
        var copies = 0.5f / (3 * Samples);
        Assert.Equal((1f / Samples) + copies, Run(TwoHeads.Definition, new int[Samples], new int[Samples]), 1e-6f);

        int[] labels = [.. Enumerable.Range(0, Samples).Select(i => i % 4 == 3 ? -1 : i % 4)];
        Assert.Equal((1f / 28) + copies, Run(TwoHeads.Definition, new int[Samples], labels), 1e-6f);

        // Ten samples of class 0, nine of 1, nine of 2.
        var weighted = TwoHeads.Define(ignoredLabel: -1, classWeights: [0.5f, 1, 2]);
        Assert.Equal((1f / 32) + copies, Run(weighted, new int[Samples], labels), 1e-6f);

        // An ignored class inside the range, also where the padding of the last block looks like it.
        Assert.Equal((1f / 18) + copies, Run(TwoHeads.Define(ignoredLabel: 0, null), new int[Samples], [.. labels.Select(l => Math.Max(l, 0))]), 1e-6f);

        Array.Fill(labels, -1);
        Assert.Equal(copies, Run(TwoHeads.Definition, new int[Samples], labels), 1e-6f);
    }

    private static float Run(ModelDefinition definition, int[] tokens, int[] labels)
    {
        var trainer = new TwoHeads.TwoHeadsTrainer(definition, new ParameterSet(definition, seed: 0), batch: 64);
        return trainer.ComputeGradients(new float[3 * Samples], tokens, labels, new float[3 * Samples]);
    }
}
