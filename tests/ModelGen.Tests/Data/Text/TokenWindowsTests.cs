using Xunit;

namespace ModelGen.Tests.Data.Text;

public sealed class TokenWindowsTests
{
    [Theory]
    [InlineData(4, 0, 13)]
    [InlineData(4, 0, 12)]
    [InlineData(4, 0, 5)]
    [InlineData(4, 2, 6)]
    [InlineData(4, 3, 17)]
    [InlineData(7, 3, 100)]
    [InlineData(1, 0, 2)]
    public void EveryTokenButTheFirstIsALabelOnceAndHasTheContext(int length, int context, int count)
    {
        var data = new TokenWindows { Length = length, Context = context }.Cut(Tokens(count));

        var seen = new int[count];
        for (var place = 0; place < data.Count * length; place++)
        {
            var (input, label) = (data.Inputs[0].Ints[place], data.Labels[0].Ints[place]);
            if (label != TokenWindows.Ignored)
            {
                Assert.Equal(input + 1, label);
                Assert.True(place < length || place % length >= context);
                seen[label - 100]++;
            }
        }

        Assert.Equal(0, seen[0]);
        Assert.All(seen[1..], times => Assert.Equal(1, times));
    }

    [Fact]
    public void TheLastWindowEndsWithTheText()
    {
        var data = new TokenWindows { Length = 3 }.Cut(Tokens(6));

        Assert.Equal([100, 101, 102, 102, 103, 104], data.Inputs[0].Ints.ToArray());
        Assert.Equal([101, 102, 103, TokenWindows.Ignored, 104, 105], data.Labels[0].Ints.ToArray());
    }

    [Fact]
    public void RowsGoOnFromBatchToBatch()
    {
        // Two stretches of six tokens; the thirteenth is only the label of the last, the fourteenth is left out.
        var data = new TokenWindows { Length = 3, Rows = 2 }.Cut(Tokens(14));

        Assert.Equal(4, data.Count);
        Assert.Equal([100, 101, 102, 106, 107, 108, 103, 104, 105, 109, 110, 111], data.Inputs[0].Ints.ToArray());
        Assert.Equal([101, 102, 103, 107, 108, 109, 104, 105, 106, 110, 111, 112], data.Labels[0].Ints.ToArray());
    }

    [Fact]
    public void ATextThatIsTooShortIsRefusedWithTheNumbers()
    {
        var windows = new TokenWindows { Length = 4, Rows = 3 };

        Assert.Contains("12 tokens; expected at least 13", Assert.Throws<ArgumentException>(() => windows.Cut(Tokens(12))).Message, StringComparison.Ordinal);
        Assert.Equal(3, windows.Cut(Tokens(13)).Count);
        Assert.Throws<ArgumentException>(() => new TokenWindows { Length = 4 }.Cut([]));
    }

    [Fact]
    public void SettingsThatContradictEachOtherAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TokenWindows { Length = 4, Context = 4 }.Cut(Tokens(20)));
        Assert.Throws<ArgumentException>(() => new TokenWindows { Length = 4, Context = 1, Rows = 2 }.Cut(Tokens(20)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenWindows { Length = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenWindows { Length = 4, Context = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenWindows { Length = 4, Rows = 0 });
    }

    private static int[] Tokens(int count) => [.. Enumerable.Range(100, count)];
}
