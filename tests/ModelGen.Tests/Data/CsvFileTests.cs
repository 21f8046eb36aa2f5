using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace ModelGen.Tests.Data;

public sealed class CsvFileTests
{
    private static readonly CsvOptions s_withoutHeader = new() { HasHeader = false };

    [Fact]
    public void AHeaderNamesTheColumns()
    {
        var table = Read("length,width,species\n1.5,2,0\n-3e2,+4.25,1\n");

        Assert.Equal(["length", "width", "species"], table.Header.ToArray());
        Assert.Equal((2, 3), (table.Rows, table.Columns));
        Assert.Equal([1.5f, 2f, 0f, -300f, 4.25f, 1f], table.Values.ToArray());
        Assert.Equal(1, table.ColumnIndex("width"));
        Assert.Equal(4.25f, table[1, 1]);
    }

    [Theory]
    [InlineData("1,2\n3,4")]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\r\n3,4\r\n")]
    [InlineData("1,2\r3,4\r")]
    [InlineData("\n1,2\n\n\n3,4\n\n")]
    [InlineData("\uFEFF1,2\n3,4\n")]
    [InlineData(" 1 , 2 \n3,4\n")]
    public void LineEndsAndSpacesDoNotMatter(string text) =>
        Assert.Equal([1f, 2f, 3f, 4f], ReadBytes(Encoding.UTF8.GetBytes(text), s_withoutHeader).Values.ToArray());

    [Fact]
    public void QuotedFieldsMayHoldSeparatorsQuotesAndLineEnds()
    {
        var table = Read("\"a, \"\"b\"\"\",\"c\r\nd\"\n\"1\",\"2.5\"\n");

        Assert.Equal(["a, \"b\"", "c\r\nd"], table.Header.ToArray());
        Assert.Equal([1f, 2.5f], table.Values.ToArray());
    }

    [Fact]
    public void TheSeparatorMayBeAnother() =>
        Assert.Equal([1f, 2.5f], Read("1;2.5", new() { HasHeader = false, Separator = ';' }).Values.ToArray());

    [Fact]
    public void TheMachinesLanguageDoesNotMatter()
    {
        var culture = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal([-1.25f, 3f], Read("-1.25,3", s_withoutHeader).Values.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void ACompressedFileIsRecognised()
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write("1,2\n3,4\n"u8);
        }

        var bytes = stream.ToArray();

        Assert.Equal([1f, 2f, 3f, 4f], ReadBytes(bytes, s_withoutHeader).Values.ToArray());
        for (var length = 3; length < bytes.Length; length++)
        {
            Assert.Throws<DataFormatException>(() => ReadBytes(bytes[..length], s_withoutHeader));
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,x\n", "line 3, column 2 (\"b\")", "\"x\"")]
    [InlineData("a,b\n1,\n", "line 2, column 2 (\"b\")", "an empty field")]
    [InlineData("a,b\n1,NaN\n", "line 2, column 2 (\"b\")", "\"NaN\"")]
    [InlineData("a,b\n1e40,1\n", "line 2, column 1 (\"a\")", "\"1e40\"")]
    [InlineData("a,b\n\"1,5\",1\n", "line 2, column 1 (\"a\")", "\"1,5\"")]
    [InlineData("a,b\n1,2\n\n3\n", "line 4", "1 field")]
    [InlineData("a,b\n1,2,3\n", "line 2", "3 fields")]
    [InlineData("\"a\nb\",c\n1,2\nx,3\n", "line 4, column 1 (\"a\nb\")", "\"x\"")]
    [InlineData("a,b\n\"1,2\n", "line 2, column 1", "the end of the file")]
    [InlineData("a,b\n\"1\"2,3\n", "line 2, column 1", "'2' after a closing quote")]
    [InlineData("", "header", "an empty file")]
    public void WhatIsWrongIsNamed(string text, string field, string found)
    {
        var exception = Assert.Throws<DataFormatException>(() => Read(text));

        Assert.Equal("table.csv", exception.File);
        Assert.Equal(field, exception.Field);
        Assert.Equal(found, exception.Found);
    }

    [Fact]
    public void OneColumnHoldsTheClasses()
    {
        var data = Read("a,species,b\n1,2,3\n4,0,6\n").ToClassification("species");

        Assert.Equal([1f, 3f, 4f, 6f], data.Inputs[0].Floats.ToArray());
        Assert.Equal(2, data.Inputs[0].Elements);
        Assert.Equal([2, 0], data.Labels[0].Ints.ToArray());
    }

    [Theory]
    [InlineData("a,b\n1,0\n2,0.5\n", "line 3, column 2 (\"b\")", "0.5")]
    [InlineData("a,b\n1,-1\n", "line 2, column 2 (\"b\")", "-1")]
    public void AClassThatIsNoneIsNamed(string text, string field, string found)
    {
        var exception = Assert.Throws<DataFormatException>(() => Read(text).ToClassification("b"));

        Assert.Equal((field, found), (exception.Field, exception.Found));
    }

    [Fact]
    public void SeveralColumnsMayBeTargets()
    {
        var data = Read("a,b,c\n1,2,3\n4,5,6\n").ToRegression("c", "a");

        Assert.Equal([2f, 5f], data.Inputs[0].Floats.ToArray());
        Assert.Equal([3f, 1f, 6f, 4f], data.Labels[0].Floats.ToArray());
        Assert.Equal(2, data.Labels[0].Elements);
    }

    [Fact]
    public void ColumnsThatDoNotExistAreNamed()
    {
        var table = Read("a,b\n1,2\n");

        var exception = Assert.Throws<DataFormatException>(() => table.ToClassification("c"));

        Assert.Equal(("header", "\"a\", \"b\"", "a column \"c\""), (exception.Field, exception.Found, exception.Expected));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.ToClassification(2));
        Assert.Throws<ArgumentException>(() => table.ToRegression("a", "b"));
        Assert.Throws<ArgumentException>(() => table.ToRegression(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[0, 2]);
    }

    [Fact]
    public void ChosenColumnsStandBesideAnyOthers()
    {
        const string text = "day,rain,kind,wind\n2012/01/01,1,drizzle,2\n2012/01/02,3,\"rain, hail\",4\n";

        var table = Read(text, new CsvOptions { Columns = ["wind", "rain"] });

        Assert.Equal((2, 2), (table.Rows, table.Columns));
        Assert.Equal(["wind", "rain"], table.Header.ToArray());
        Assert.Equal([2f, 1f, 4f, 3f], table.Values.ToArray());
        var missing = Assert.Throws<DataFormatException>(() => Read(text, new CsvOptions { Columns = ["snow"] }));
        Assert.Equal(("header", "a column \"snow\""), (missing.Field, missing.Expected));
        var word = Assert.Throws<DataFormatException>(() => Read(text, new CsvOptions { Columns = ["rain", "kind"] }));
        Assert.Equal(("line 2, column 3 (\"kind\")", "\"drizzle\""), (word.Field, word.Found));
        Assert.Throws<ArgumentException>(() => Read(text, new CsvOptions { Columns = [] }));
        Assert.Throws<ArgumentException>(() => Read(text, new CsvOptions { Columns = ["rain"], HasHeader = false }));
    }

    private static CsvTable Read(string text, CsvOptions? options = null) => CsvFile.Read(new StringReader(text), "table.csv", options);

    private static CsvTable ReadBytes(byte[] bytes, CsvOptions options) => CsvFile.Read(new MemoryStream(bytes), "table.csv", options);
}
