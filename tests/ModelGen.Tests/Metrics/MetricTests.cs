using Xunit;

namespace ModelGen.Tests.Metrics;

public sealed class MetricTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("", "ab", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("ab", "ba", 2)]
    public void TheEditDistanceCountsTheFewestEdits(string reference, string hypothesis, int expected)
    {
        Assert.Equal(expected, EditDistance.Between<char>(reference, hypothesis));
        Assert.Equal(expected, EditDistance.Between<char>(hypothesis, reference));
    }

    [Fact]
    public void ErrorRatesAreOfAllTextsTogether()
    {
        string[] references = ["one two three", "four"];
        string[] hypotheses = ["one too  three", "four five"];

        Assert.Equal(2 / 4.0, EditDistance.WordErrorRate(references, hypotheses));
        Assert.Equal((2 + 5) / 17.0, EditDistance.CharacterErrorRate(references, hypotheses));
        Assert.Throws<ArgumentException>(() => EditDistance.WordErrorRate(references, []));
        Assert.Throws<ArgumentException>(() => EditDistance.WordErrorRate([" "], ["a"]));
    }

    [Fact]
    public void TheLabelErrorRateCountsTheLabelsThatADecoderReads()
    {
        // Steps of the blank and three labels; a label twice in a row is one, unless a blank stands between.
        float[] steps = [0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1];
        var read = new int[5];
        var length = CtcDecoder.Greedy(steps, 4, read);

        Assert.Equal([1, 1, 3], read[..length]);
        Assert.Equal(0, EditDistance.LabelErrorRate([[1, 1, 3], [2]], [read[..length], [2]]));
        Assert.Equal(2 / 5.0, EditDistance.LabelErrorRate([[1, 2, 3], [2, 2]], [read[..length], [2]]));
        Assert.Throws<ArgumentException>(() => EditDistance.LabelErrorRate([[1]], []));
        Assert.Throws<ArgumentException>(() => EditDistance.LabelErrorRate([[]], [[1]]));
    }

    [Fact]
    public void BleuIsThatOfItsDefinition()
    {
        // Matches of 1 … 4 words: 5 of 6, 3 of 5, 2 of 4, 1 of 3; the hypothesis is one word shorter.
        string[] references = ["the quick brown fox jumps over it"];
        string[] hypotheses = ["a quick brown fox jumps it"];
        var expected = 100 * Math.Pow(5 / 6.0 * (3 / 5.0) * (2 / 4.0) * (1 / 3.0), 0.25) * Math.Exp(1 - (7 / 6.0));

        Assert.Equal(expected, TranslationScore.Bleu(references, hypotheses), 9);
        Assert.Equal(100, TranslationScore.Bleu(references, references), 9);
        Assert.Equal(0, TranslationScore.Bleu(references, ["nothing of it all here"]));
    }

    [Fact]
    public void BleuCountsAWordAtMostAsOftenAsTheReferenceHasIt()
    {
        string[] references = ["the cat is on the mat", "a b c d"];
        string[] hypotheses = ["the the the the the the", "a b c d"];
        var expected = 100 * Math.Pow(6 / 10.0 * (3 / 8.0) * (2 / 6.0) * (1 / 4.0), 0.25);

        Assert.Equal(expected, TranslationScore.Bleu(references, hypotheses), 9);
    }

    [Fact]
    public void ChrFIsThatOfItsDefinition()
    {
        // "abcd" against "abce": runs of 1 … 4 in common: 3 of 4, 2 of 3, 1 of 2, 0 of 1, both ways.
        var mean = ((3 / 4.0) + (2 / 3.0) + (1 / 2.0) + 0) / 4;

        Assert.Equal(100 * mean, TranslationScore.ChrF(["ab cd"], ["abc e"]), 9);
        Assert.Equal(100, TranslationScore.ChrF(["naïve café"], ["naïve café"]), 9);
        Assert.Equal(0, TranslationScore.ChrF(["abc"], ["xyz"]));
        Assert.Equal(0, TranslationScore.ChrF(["abc"], [""]));

        // Recall counts four times as much as precision: a run of one character only, 1 of 1 and 1 of 2.
        Assert.Equal(100 * 5 * 1 * 0.5 / (4 + 0.5), TranslationScore.ChrF(["ab"], ["a"]), 9);
    }

    [Fact]
    public void ForecastErrorsAreThoseOfTheirDefinitions()
    {
        float[] training = [1, 3, 2, 6];
        float[] actual = [5, 7];
        float[] forecast = [6, 4];

        Assert.Equal(2, ForecastError.MeanAbsolute(actual, forecast));
        Assert.Equal(Math.Sqrt(5), ForecastError.RootMeanSquare(actual, forecast), 9);
        Assert.Equal(2 / (7 / 3.0), ForecastError.MeanAbsoluteScaled(actual, forecast, training), 9);
        Assert.Equal(2 / 2.0, ForecastError.MeanAbsoluteScaled(actual, forecast, training, season: 2), 9);
        Assert.Throws<ArgumentException>(() => ForecastError.MeanAbsolute(actual, training));
        Assert.Throws<ArgumentException>(() => ForecastError.MeanAbsoluteScaled(actual, forecast, training, season: 4));
        Assert.Throws<ArgumentException>(() => ForecastError.MeanAbsoluteScaled(actual, forecast, [2, 2, 2]));
    }

    [Theory]
    [InlineData(0.9, 9)]
    [InlineData(0.8, 8)]
    [InlineData(0.5, 5)]
    [InlineData(0.01, 1)]
    public void AnIntervalIsAsWideAsTheErrorOfItsRank(double share, int rank)
    {
        // Nine errors of 1 … 9, either way: the rank is ⌈10 · share⌉.
        float[] actual = [7, -3, 1, 9, -8, 2, 6, -5, 4];

        Assert.Equal(rank, ForecastInterval.HalfWidth(actual, new float[9], share));
        Assert.Equal(rank / 9.0, ForecastInterval.Coverage(actual, new float[9], rank), 12);
    }

    [Fact]
    public void AnIntervalOfTooFewErrorsIsRefusedWithTheNumber()
    {
        var exception = Assert.Throws<ArgumentException>(() => ForecastInterval.HalfWidth(new float[8], new float[8], 0.9));

        Assert.Contains("at least 9", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ForecastInterval.HalfWidth([1], [1], 1));
        Assert.Throws<ArgumentException>(() => ForecastInterval.Coverage([1], [1, 2], 1));
    }

    [Fact]
    public void BitsComeFromNats()
    {
        Assert.Equal(1, TextCompression.BitsPerCharacter(Math.Log(2)), 12);
        Assert.Equal(0.5, TextCompression.BitsPerCharacter(2 * Math.Log(2), tokens: 1, characters: 4), 12);
    }
}
