using System.Globalization;
using SampleKit;
using Spectre.Console;

namespace CopyTaskSample;

/// <summary>Trains the three networks, tests them, and shows how their gradients flow back through time.</summary>
internal static class Application
{
    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        Console.WriteLine(LstmNet.Summary);
        Console.WriteLine(
            $"\nOne of {CopyData.Symbols} symbols, {CopyData.Lag} distractions, and the question which symbol it was; by chance {100.0 / CopyData.Symbols:F1} % are right.\n");

        var experiment = new Experiment(settings.Seed, settings.Threads, settings.Choose(1_000, 3_000), cancellation);
        var (lstm, gru) = (new LstmNet(settings.Seed), new GruNet(settings.Seed));
        Networks.RememberLong(lstm.Parameters, "lstm_1", hasInputGate: true);
        Networks.RememberLong(gru.Parameters, "gru_1", hasInputGate: false);
        Memory[] memories =
        [
            experiment.Run("SimpleRNN", new SimpleNet(settings.Seed)),
            experiment.Run("LSTM", lstm),
            experiment.Run("GRU", gru),
        ];

        Console.WriteLine("\nNorm of the gradient that reaches the state, before training:");
        AnsiConsole.Write(NormChart.Render(memories, memory => memory.Before));
        Console.WriteLine("After training:");
        AnsiConsole.Write(NormChart.Render(memories, memory => memory.After));

        Report(settings, memories);
        Console.WriteLine("Test accuracy: " + string.Join(", ", memories.Select(Describe)) + $".\nSee {settings["report.html"]}.");
        return 0;
    }

    private static void Report(SampleSettings settings, Memory[] memories) => new HtmlReport("What is remembered through a hundred steps?")
        .Paragraph($"A symbol, {CopyData.Lag} distractions, and the question which symbol it was. Test accuracy: {string.Join(", ", memories.Select(Describe))}; by chance {100.0 / CopyData.Symbols:F1} %.")
        .Heading("Gradients over time, before training")
        .Paragraph("The decimal logarithm of the norm of the gradient of the loss with respect to the state after each step, over a batch: from the symbol, left, to the question, right.")
        .Chart("steps", [.. memories.Select(memory => new Curve(memory.Name, Logarithms(memory.Before)))])
        .Heading("After training")
        .Chart("steps", [.. memories.Select(memory => new Curve(memory.Name, Logarithms(memory.After)))])
        .Heading("Test accuracy")
        .Chart("hundred updates", [.. memories.Select(memory => new Curve(memory.Name, memory.Accuracy))])
        .Heading("The networks").Preformatted(SimpleNet.Summary.ToString()).Preformatted(LstmNet.Summary.ToString()).Preformatted(GruNet.Summary.ToString())
        .Save(settings["report.html"]);

    private static double[] Logarithms(float[] norms) => [.. norms.Select(norm => Math.Log10(norm))];

    private static string Describe(Memory memory) => string.Create(
        CultureInfo.InvariantCulture, $"{memory.Name} {100 * memory.Accuracy.LastOrDefault():F1} % after {memory.Updates} updates ({memory.Seconds:F0} s)");
}
