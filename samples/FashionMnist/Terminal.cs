using Spectre.Console;

namespace FashionMnistSample;

/// <summary>The terminal, or the file or pipe that stands in for it.</summary>
internal static class Terminal
{
    /// <summary>A console that writes colours and moves the cursor only where somebody sees it.</summary>
    public static IAnsiConsole Open() => Console.IsOutputRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No })
        : AnsiConsole.Console;

    /// <summary>Whether the console has colours.</summary>
    public static bool HasColors(this IAnsiConsole console) => console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
}
