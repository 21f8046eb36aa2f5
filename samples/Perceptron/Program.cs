using PerceptronSample;
using Spectre.Console;

// Colours only where somebody sees them.
var console = Console.IsOutputRedirected
    ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors })
    : AnsiConsole.Console;

DecisionMap[] maps =
[
    new PerceptronLesson(console, TruthTable.And, epochs: 1000).Run(),
    new PerceptronLesson(console, TruthTable.Xor, epochs: 1000).Run(),
    new BackpropagationLesson(console, TruthTable.Xor, steps: 500).Run(),
];

console.Write(new Rule("[bold]where they say 0 and where 1[/]").LeftJustified());
var colors = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
var grid = new Grid();
foreach (var map in maps)
{
    grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0));
}

grid.AddRow(Array.ConvertAll(maps, map => map.Render(colors)));
console.Write(grid);
