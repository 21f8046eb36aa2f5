using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CopyTaskSample;

/// <summary>Norms of gradients over time as bars, a character for each power of ten above the smallest that is shown.</summary>
internal static class NormChart
{
    private const int Smallest = -11;

    /// <summary>A row for every tenth step, back from the question to the symbol.</summary>
    public static IRenderable Render(IReadOnlyList<Memory> memories, Func<Memory, float[]> norms)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("steps back").RightAligned().NoWrap());
        foreach (var memory in memories)
        {
            table.AddColumn(new TableColumn(memory.Name).NoWrap());
        }

        for (var back = 0; back <= CopyData.Lag; back += 10)
        {
            table.AddRow([$"{back}", .. memories.Select(memory => Bar(norms(memory)[CopyData.Lag - back]))]);
        }

        return table;
    }

    private static string Bar(float norm)
    {
        var length = norm > 0 ? Math.Max(0, (int)Math.Round(Math.Log10(norm)) - Smallest) : 0;
        return norm.ToString("0e+00", CultureInfo.InvariantCulture) + " " + new string('█', length);
    }
}
