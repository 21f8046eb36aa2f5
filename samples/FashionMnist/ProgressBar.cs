using System.Globalization;
using ModelGen;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>A bar over the whole training with loss, accuracy, images a second and the time left; the epochs scroll by above it.</summary>
internal sealed class ProgressBar : IProgress<FitProgress>
{
    private readonly ProgressTask _bar;
    private readonly EpochLines _lines;
    private double? _accuracy;

    private ProgressBar(ProgressTask bar, EpochLines lines)
    {
        _bar = bar;
        _lines = lines;
    }

    /// <summary>Runs a training and shows its progress.</summary>
    public static FitReport Follow(IAnsiConsole console, Func<IProgress<FitProgress>, FitReport> fit) => console
        .Progress()
        .AutoClear(true)
        .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context => fit(new ProgressBar(context.AddTask("compiling kernels"), new EpochLines(console))));

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        _lines.Report(value);
        _accuracy = value.Validation?.Accuracy ?? _accuracy;
        _bar.MaxValue = (double)value.Epochs * value.Steps;
        _bar.Value = ((value.Epoch - 1.0) * value.Steps) + value.Step;
        _bar.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:F3}{(_accuracy is { } accuracy ? $"  accuracy {100 * accuracy:F1} %" : "")}  {value.SamplesPerSecond:N0}/s  {value.TimeLeft:m\\:ss} left");
    }
}
