using ModelGen.Reference.Oracles;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Connectionist temporal classification, compiled: over lengths, classes, blanks, beside other losses, and what it refuses.</summary>
[Trait("Category", "Numeric")]
public sealed class CtcTests
{
    private const string Small = "Sequence(6, 3), Dense(4), CTC(1, MaxLength = 4)";

    private static readonly ModelGroup s_models = new([.. Models()]);

    private static readonly ModelGroup s_others = new(Small, "Sequence(400, 4), Dense(5), CTC");

    public static TheoryData<string> Compared => s_models.Theory;

    [Theory]
    [MemberData(nameof(Compared))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [InlineData(new[] { 0, 2, 4, 0, 0 }, new[] { 2, 3 }, "transcripts: row 1 has label 4 at place 0; expected 0 … 3, but not the blank 1.")]
    [InlineData(new[] { 0, 2, -1, 0, 0 }, new[] { 5, 0 }, "transcripts: row 0 has 5 labels; expected at most 4.")]
    [InlineData(new[] { 0, 0, 1, 0 }, new[] { 1, 3 }, "transcripts: row 1 has label 1 at place 1; expected 0 … 3, but not the blank 1.")]
    [InlineData(new[] { 2, 2, 2, 2 }, new[] { 4, 0 }, "transcripts: row 0 has a transcript that needs 7 steps, one for each of its 4 labels and one between equal neighbours; expected at most 6.")]
    [InlineData(new[] { 0, 0, 0 }, new[] { 1, 1 }, "transcripts: 3 numbers; expected 2, one for each of the 2 labels that are counted.")]
    [InlineData(new[] { 0, 0, 0 }, new[] { 4, -1 }, "transcripts: count -1 of row 1; expected at least 0.")]
    [InlineData(new[] { 0, 0, 0 }, new[] { 3 }, "transcripts: 1 counts; expected one for each of the 2 samples.")]
    public void WrongTranscriptsAreRefused(int[] transcripts, int[] counts, string message)
    {
        var model = s_others[Small];
        model.CreateTrainer(new GradientDescent(0.1f), 2, threads: 1);
        var inputs = new NumericData([new double[18], new double[18]]);
        var exception = Assert.Throws<ArgumentException>(() => model.Step([inputs], [new NumericData(transcripts, counts)]));
        Assert.StartsWith(message, exception.Message);
        Assert.Equal("transcripts", exception.ParamName);
    }

    [Fact]
    public void LongSequencesKeepTheirDigits()
    {
        var model = s_others["Sequence(400, 4), Dense(5), CTC"];
        Assert.Null(ModelComparison.Differences(model, sampleCounts: [3]));
    }

    [Fact]
    public void ADataSetOfTranscriptsTrainsAsSpansDo()
    {
        var model = s_others[Small];
        var data = new ModelData(model);
        var oracle = Oracle.For(model.ModelType);
        var (inputs, labels) = (HashedNumbers.Inputs(oracle, 40)[0], HashedNumbers.Labels(oracle, 40)[0]);
        var set = new Dataset(
            [new NumericData(inputs).FloatColumn(18)],
            [DatasetColumn.FromCounted(labels.SelectMany(row => row).Select(x => (int)x).ToArray(), labels.Select(row => row.Length).ToArray())]);
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), 24, threads: 1);
        data.Reset(model);

        int[] rows = [31, 2, 2, 39, 0, 17, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 3, 38];
        var ofRows = trainer.ComputeGradients(set, rows);
        var gradients = trainer.Gradients["dense_1.weight"].Values.ToArray();
        Assert.Equal(ofRows, model.ComputeGradients([new NumericData(rows.Select(row => inputs[row]))], [new NumericData(rows.Select(row => labels[row]))]));
        Assert.Equal(gradients, trainer.Gradients["dense_1.weight"].Values.ToArray());

        var whole = model.Evaluate([new NumericData(inputs)], [new NumericData(labels)]).Loss;
        Assert.Equal(whole, trainer.Evaluate(set).Loss);
        Assert.Equal(whole, trainer.Evaluate(set.Select([.. Enumerable.Range(0, 40)])).Loss);
        var (first, second) = (trainer.Evaluate(set.Slice(0, 15)).Loss, trainer.Evaluate(set.Slice(15, 25)).Loss);
        Assert.Equal(whole, ((15 * first) + (25 * second)) / 40, 1e-6);
    }

    private static IEnumerable<string> Models()
    {
        foreach (var steps in new[] { 1, 2, 3, 7, 12 })
        {
            yield return $"Sequence({steps}, 3), Dense(4), CTC";
        }

        yield return "Sequence(9, 3), Dense(2), CTC";
        yield return "Sequence(9, 3), Dense(2), CTC(1)";
        yield return "Sequence(9, 3), Dense(17), CTC(16, MaxLength = 3)";
        yield return "Sequence(9, 3), Dense(5), CTC(2, MaxLength = 1, Weight = 0.5)";
        yield return "Sequence(15, 3), GRU(6, Bidirectional = true), Dense(5), CTC(4)";
        yield return "Sequence(13, 3, Lengths = true), Dense(5), CTC(4)";
        yield return "Sequence(11, 3, Lengths = true), LSTM(6, Bidirectional = true), Dense(5), CTC(1, MaxLength = 4)";
        yield return "Tokens(12, Vocabulary = 9, Lengths = true), Embedding(5), GRU(6), Dense(4), CTC";
        yield return "Sequence(9, 3), LSTM(5), Label(\"h\"), Dense(4), CTC(Weight = 0.3), From(\"h\"), Last, Dense(3), SoftmaxCrossEntropy";
        yield return "Sequence(8, 3), Dense(4), SoftmaxCrossEntropy(Weight = 0.5), CTC(3)";
        yield return "Sequence(16, 3), Permute(1, 0), Conv1D(6, 3, Stride = 2, Padding = Pad.Causal), ReLU, Permute(1, 0), Dense(5), CTC";
    }
}
