using System.CommandLine;
using System.CommandLine.Parsing;

namespace SampleKit;

/// <summary>The command line that the samples share.</summary>
public static class SampleCommand
{
    private const int Failure = 1;

    /// <summary>Parses the command line and runs a sample. Ctrl-C ends training; evaluating and saving follow all the same.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">The sample's name, of which the folder for its output is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="run">The sample; gives the exit code.</param>
    /// <param name="usesImages">Whether there is a choice of Fashion-MNIST's images.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args, string name, string description, Func<SampleSettings, CancellationToken, int> run, bool usesImages = true) =>
        RunAsync(args, name, description, (settings, _, cancellation) => run(settings, cancellation), usesImages, []);

    /// <summary>The same for a sample with options of its own.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">The sample's name, of which the folder for its output is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="run">The sample; reads its own options from the second argument, and gives the exit code.</param>
    /// <param name="usesImages">Whether there is a choice of Fashion-MNIST's images.</param>
    /// <param name="options">The sample's own options.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args,
        string name,
        string description,
        Func<SampleSettings, ParseResult, CancellationToken, int> run,
        bool usesImages,
        params IReadOnlyList<Option> options)
    {
        var quick = new Option<bool>("--quick") { Description = "Train a little only, under a minute, to see that everything works" };
        var full = new Option<bool>("--full") { Description = "Use all 60,000 + 10,000 images, from Debian's package dataset-fashion-mnist" };
        var epochs = Number("--epochs", "How often every training sample is seen", null);
        var threads = Number("--threads", "The threads that share a training step; the result is the same for any number", Environment.ProcessorCount);
        var seed = new Option<int>("--seed") { Description = "Where everything random comes from", HelpName = "number", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--output")
        {
            Description = "The folder for pictures, report.html and the parameters",
            HelpName = "folder",
            DefaultValueFactory = _ => $"{name}-output",
        };

        var command = new RootCommand(description) { quick, epochs, threads, seed, output };
        if (usesImages)
        {
            command.Add(full);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                var settings = new SampleSettings(
                    result.GetValue(quick), usesImages && result.GetValue(full), result.GetValue(epochs), result.GetValue(threads)!.Value, result.GetValue(seed), result.GetRequiredValue(output));
                try
                {
                    Directory.CreateDirectory(settings.Output);
                    return run(settings, result, cancellation);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    Console.Error.WriteLine(exception.Message);
                    return Failure;
                }
            },
            CancellationToken.None));
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
        return command.Parse(args).InvokeAsync(configuration);
    }

    private static Option<int?> Number(string name, string description, int? standard)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1)
            {
                result.AddError($"{name} is {result.GetValue(option)}; expected at least 1.");
            }
        });
        return option;
    }
}
