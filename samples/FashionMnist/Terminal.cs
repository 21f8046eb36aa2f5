using Spectre.Console;

namespace FashionMnistSample;

/// <summary>The terminal, or the file or pipe that stands in for it.</summary>
internal static class Terminal
{
    private const int FileWidth = 100;

    /// <summary>A console that writes colours and moves the cursor only where somebody sees it.</summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = FileWidth;
        return console;
    }

    /// <summary>Whether the console has colours.</summary>
    public static bool HasColors(this IAnsiConsole console) => console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
}
