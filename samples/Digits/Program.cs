using DigitsSample;
using Spectre.Console;

// Colours only where somebody sees them.
var console = Console.IsOutputRedirected
    ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors })
    : AnsiConsole.Console;

var (train, test) = DigitData.Load();
Console.WriteLine(DigitClassifier.Summary);
console.WriteLine();
console.WriteLine($"{train.Count:N0} handwritten digits to learn from, {test.Count:N0} to test with.");
console.WriteLine();

var curves = new OptimizerRace(train, test).Run();
console.WriteLine("Training loss, on one logarithmic scale:");
console.Write(new LossChart(curves).Render(console.Profile.Width));

var table = new Table().Border(TableBorder.Simple);
foreach (var title in (string[])["optimizer", "batch", "rate", "updates", "last loss", "accuracy", "seconds"])
{
    table.AddColumn(new TableColumn(title).NoWrap());
}

foreach (var curve in curves)
{
    table.AddRow(
        curve.Name,
        $"{curve.Batch:N0}",
        $"{curve.LearningRate}",
        $"{curve.Updates:N0}",
        $"{curve.Losses[^1]:F4}",
        $"{100 * curve.TestAccuracy:F1} %",
        $"{curve.Time.TotalSeconds:F2}");
}

console.Write(table);
