using System.Globalization;
using ModelGen;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>The confusion matrix as a table: a row for each class, a column for what its images were taken for.</summary>
internal static class ConfusionTable
{
    private const int AbbreviationLength = 3;

    /// <summary>The table.</summary>
    public static Table Render(ConfusionMatrix confusion, IReadOnlyList<string> names)
    {
        var table = new Table().Border(TableBorder.Simple).Title("What the test images were taken for").AddColumn(new TableColumn("").NoWrap());
        for (var predicted = 0; predicted < confusion.Classes; predicted++)
        {
            table.AddColumn(new TableColumn(Abbreviate(names[predicted])).RightAligned().Padding(0, 0).NoWrap());
        }

        table.AddColumn(new TableColumn("recall").RightAligned());
        for (var label = 0; label < confusion.Classes; label++)
        {
            var cells = new List<string> { names[label] };
            for (var predicted = 0; predicted < confusion.Classes; predicted++)
            {
                cells.Add(Cell(confusion[label, predicted], confusion.Support(label), label == predicted));
            }

            cells.Add(string.Create(CultureInfo.InvariantCulture, $"{100 * confusion.Recall(label):F1} %"));
            table.AddRow([.. cells]);
        }

        return table;
    }

    private static string Cell(long count, long support, bool isRight)
    {
        var style = isRight ? "green" : count == 0 ? "grey35" : 20 * count > support ? "red" : "default";
        return string.Create(CultureInfo.InvariantCulture, $"[{style}]{count,5}[/]");
    }

    private static string Abbreviate(string name) => name.Length <= AbbreviationLength ? name : name[..AbbreviationLength];
}
