using System.Text;
using Xunit;

namespace ModelGen.Tests.Data.Text;

public sealed class VocabularyTests : IDisposable
{
    private const SpecialTokens All = SpecialTokens.Padding | SpecialTokens.Begin | SpecialTokens.End | SpecialTokens.Unknown;

    private static readonly string[] s_texts =
    [
        "In the beginning God created the heaven and the earth.",
        "And the earth was without form, and void; and darkness was upon the face of the deep.",
        "Élan vital: naïve cafés, 12 or 1234 of them — 😀😀 don't!\n\n  tabs\tand   spaces ",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CharactersHaveIdsInAscendingOrderAfterTheSpecialTokens()
    {
        var vocabulary = CharacterVocabulary.FromText("bab😀c", SpecialTokens.Padding | SpecialTokens.End);

        Assert.Equal(6, vocabulary.Count);
        Assert.Equal(["<pad>", "<eos>", "a", "b", "c", "😀"], Enumerable.Range(0, 6).Select(id => vocabulary[id]));
        Assert.Equal([3, 2, 5, 1], vocabulary.Encode("ba😀", end: true));
        Assert.Equal("ba😀", vocabulary.Decode([0, 3, 2, 5, 0, 1, 4]));
    }

    [Fact]
    public void CharactersGiveBackEveryText()
    {
        var vocabulary = CharacterVocabulary.FromTexts(s_texts);

        Assert.All(s_texts, text => Assert.Equal(text, vocabulary.Decode(vocabulary.Encode(text))));
    }

    [Fact]
    public void RareCharactersAreUnknown()
    {
        var vocabulary = CharacterVocabulary.FromText("aab", SpecialTokens.Unknown, leastOccurrences: 2);

        Assert.Equal([1, 0, 0], vocabulary.Encode("abz"));
        Assert.Equal("a\uFFFD", vocabulary.Decode([1, 0]));
    }

    [Fact]
    public void AnUnknownCharacterIsNamedWhereThereIsNoTokenForIt()
    {
        var vocabulary = CharacterVocabulary.FromText("ab");

        var exception = Assert.Throws<ArgumentException>(() => vocabulary.Encode("abé"));

        Assert.Contains("'é' at position 2", exception.Message);
    }

    [Fact]
    public void PaddedRowsAreCutAndFilled()
    {
        var vocabulary = CharacterVocabulary.FromText("ab", All);
        var row = new int[5];

        Assert.Equal(4, vocabulary.EncodePadded("ab", row, begin: true, end: true));
        Assert.Equal([1, 4, 5, 2, 0], row);
        Assert.Equal(5, vocabulary.EncodePadded("abababab", row, begin: true, end: true));
        Assert.Equal([1, 4, 5, 4, 5], row);
        Assert.Throws<InvalidOperationException>(() => CharacterVocabulary.FromText("ab").EncodePadded("ab", row));
        Assert.Throws<InvalidOperationException>(() => CharacterVocabulary.FromText("ab").Encode("ab", end: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[-1]);
    }

    [Fact]
    public void WordsAreTakenByFrequencyAndThenInOrdinalOrder()
    {
        var vocabulary = WordVocabulary.FromTexts(["the cat, the dog, the end", "a dog's life"], size: 6);

        Assert.Equal(["<pad>", "<unk>", "the", ",", "a", "cat"], Enumerable.Range(0, 6).Select(id => vocabulary[id]));
        Assert.Equal([2, 5, 3, 1, 1], vocabulary.Encode("the cat,dog's end"));
        Assert.Equal("the cat , \uFFFD", vocabulary.Decode([2, 5, 3, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordVocabulary.FromTexts(["a"], size: 2));
    }

    [Fact]
    public void BytePairsAreThoseOfTheTextbookAlgorithm()
    {
        string[] texts = [.. s_texts, "aaaaaaa aaaa aa banana bandana", "the then them these there"];
        const int merges = 60;
        var vocabulary = BytePairVocabulary.Learn(texts, 3 + 256 + merges, leastOccurrences: 1);

        // Sennrich's algorithm as it is written down: count everything anew for every merge.
        var runs = texts.SelectMany(text => TextPieces.Runs(text).Select(run => text[run]))
            .Select(run => Encoding.UTF8.GetBytes(run).Select(value => (int)value).ToList()).ToList();
        for (var merge = 0; merge < merges; merge++)
        {
            var pairs = runs.SelectMany(run => run.Zip(run.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key);
            var best = pairs.First().Key;
            Assert.Equal(best, vocabulary.Merges[merge]);
            foreach (var run in runs)
            {
                for (var i = 0; i + 1 < run.Count; i++)
                {
                    if ((run[i], run[i + 1]) == best)
                    {
                        run[i] = 256 + merge;
                        run.RemoveAt(i + 1);
                    }
                }
            }
        }

        // Encoding the training texts repeats the merges in the same order.
        Assert.Equal(runs.SelectMany(run => run).Select(symbol => 3 + symbol), texts.SelectMany(text => vocabulary.Encode(text)));
    }

    [Fact]
    public void BytePairsGiveBackEveryText()
    {
        var vocabulary = BytePairVocabulary.Learn(s_texts, 285);

        Assert.Equal(285, vocabulary.Count);
        foreach (var text in s_texts.Concat(["", " ", "  x", "x  ", "Ω≈ç√ 漢字 🏳️‍🌈", "\0\r\n\t", new string('a', 5000)]))
        {
            var ids = vocabulary.Encode(text, begin: true, end: true);
            Assert.Equal(text, vocabulary.Decode(ids));
        }
    }

    [Fact]
    public void LongRunsMakeNoEndlessTokens()
    {
        var vocabulary = BytePairVocabulary.Learn([new string('x', 100_000), new string('x', 100_000)], 400);

        vocabulary.Save(_folder["long.json"]);

        Assert.Equal(vocabulary.Count, Vocabulary.Load(_folder["long.json"]).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a  b")]
    [InlineData("one, two;\n\n three  4x don’t\uD800 e\u0301 ")]
    public void RunsTogetherAreTheText(string text) =>
        Assert.Equal(text, string.Concat(TextPieces.Runs(text).Select(run => text[run])));

    [Fact]
    public void RunsTakeTheSpaceBeforeThem()
    {
        const string text = "In 1611,  the\n king's";

        Assert.Equal(["In", " 1611", ",", " ", " the", "\n", " king", "'", "s"], TextPieces.Runs(text).Select(run => text[run]));
        Assert.Equal(["In", "1611", ",", "the", "king's"], TextPieces.Words(text).Select(run => text[run]));
    }

    [Fact]
    public void EveryKindSurvivesARoundTrip()
    {
        Vocabulary[] vocabularies =
        [
            CharacterVocabulary.FromTexts(s_texts),
            CharacterVocabulary.FromTexts(s_texts, All),
            WordVocabulary.FromTexts(s_texts, 30, SpecialTokens.Unknown | SpecialTokens.End),
            BytePairVocabulary.Learn(s_texts, 320),
            BytePairVocabulary.Learn([], 256, SpecialTokens.None),
        ];
        foreach (var vocabulary in vocabularies)
        {
            vocabulary.Save(_folder["v.json"]);

            var read = Vocabulary.Load(_folder["v.json"]);

            Assert.Equal(vocabulary.GetType(), read.GetType());
            Assert.Equal(vocabulary.Special, read.Special);
            Assert.Equal(Enumerable.Range(0, vocabulary.Count).Select(id => vocabulary[id]), Enumerable.Range(0, read.Count).Select(id => read[id]));
            Assert.Equal(vocabulary.Encode("the earth"[..(vocabulary.Count > 259 ? 9 : 3)]), read.Encode("the earth"[..(vocabulary.Count > 259 ? 9 : 3)]));
        }
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "content")]
    [InlineData("{\"format\":\"x\"}", "format")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":2}", "version")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[\"end\",\"begin\"]}", "special")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[3]}", "special")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"x\"}", "kind")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"\\uD800\"}", "kind")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"words\"}", "tokens")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"words\",\"tokens\":[\"a\",\"a\"]}", "token 1")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"characters\",\"tokens\":[\"ab\"]}", "token 0")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"characters\",\"tokens\":[\"\\uD800\"]}", "token 0")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"byte pairs\",\"merges\":[[1,2],[256,257]]}", "merge 1")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"byte pairs\",\"merges\":[[1,2],[1,2]]}", "merge 1")]
    [InlineData("{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"byte pairs\",\"merges\":[[1,2,3]]}", "merge 0")]
    public void ADamagedFileIsRefused(string content, string field)
    {
        File.WriteAllText(_folder["bad.json"], content);

        var exception = Assert.Throws<DataFormatException>(() => Vocabulary.Load(_folder["bad.json"]));

        Assert.Equal(field, exception.Field);
        Assert.Equal(_folder["bad.json"], exception.File);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        BytePairVocabulary.Learn(s_texts, 265).Save(_folder["whole.json"]);
        var whole = File.ReadAllBytes(_folder["whole.json"]);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<DataFormatException>(() => Vocabulary.Load(new MemoryStream(whole[..length]), "cut"));
        }
    }

    [Fact]
    public void TokensThatDoubleWithoutEndAreRefused()
    {
        var merges = string.Join(',', Enumerable.Range(0, 30).Select(i => i == 0 ? "[65,65]" : $"[{255 + i},{255 + i}]"));
        File.WriteAllText(_folder["bomb.json"], $"{{\"format\":\"modelgen vocabulary\",\"version\":1,\"special\":[],\"kind\":\"byte pairs\",\"merges\":[{merges}]}}");

        Assert.Equal("merge 10", Assert.Throws<DataFormatException>(() => Vocabulary.Load(_folder["bomb.json"])).Field);
    }
}
