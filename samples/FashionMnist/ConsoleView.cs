using System.Globalization;
using ModelGen;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>Shows a training in a terminal: tables, a progress bar, pictures.</summary>
internal sealed class ConsoleView(IAnsiConsole console) : ITrainingView
{
    /// <inheritdoc/>
    public void Introduce(ModelSummary summary, FashionData data, Options options)
    {
        Console.WriteLine(summary);
        console.WriteLine();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Images {data.Source}: {data.Train.Count:N0} to learn from, {data.Validation.Count:N0} to choose by, {data.Test.Count:N0} to test with."));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training: {options.Epochs} epochs in batches of {options.Batch}, {options.Threads} threads. Ctrl-C ends it and keeps the best so far."));
        console.WriteLine();
    }

    /// <inheritdoc/>
    public FitReport Follow(Func<IProgress<FitProgress>, FitReport> fit) =>
        console.Profile.Capabilities.Interactive ? ProgressBar.Follow(console, fit) : fit(new EpochLines(console));

    /// <inheritdoc/>
    public void Show(TrainingResult result)
    {
        console.WriteLine();
        if (result.Test.Confusion is { } confusion)
        {
            console.Write(ConfusionTable.Render(confusion, result.Data.ClassNames));
            console.WriteLine();
        }

        new Gallery(console, result).Show();
        console.Write(Conclusion(result));
    }

    private static Markup Conclusion(TrainingResult result)
    {
        var fit = result.Fit;
        var ending = fit.StopReason switch
        {
            FitStopReason.Completed => "Done",
            FitStopReason.Cancelled => "[yellow]Cancelled[/]",
            FitStopReason.EarlyStopped => "Stopped early",
            _ => $"[red]Diverged[/] ({Markup.Escape(fit.Divergence!.Message)})",
        };
        var best = fit is { IsBestRestored: true, BestEpoch: { } epoch } ? $"; the best was epoch {epoch}" : "";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {ending}: {fit.Epochs.Count} epochs in {fit.Seconds:F1} s, {fit.SamplesPerSecond:N0} images/s, {fit.AllocatedBytesPerStep} bytes allocated per step{best}.
            [bold]Test accuracy {100 * result.Test.Accuracy:F2} %[/] on {result.Test.SampleCount:N0} images, loss {result.Test.Loss:F4}.
            Saved: {Markup.Escape(result.ParameterFile)} (parameters), {Markup.Escape(result.Options.Save)} (for --resume).

            """));
    }
}
