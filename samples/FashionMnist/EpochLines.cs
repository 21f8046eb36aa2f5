using System.Globalization;
using ModelGen;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>A line for each epoch that is over; a star marks the best so far.</summary>
internal sealed class EpochLines(IAnsiConsole console) : IProgress<FitProgress>
{
    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Validation is { } validation)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {value.Epoch,3}  loss {value.Loss:F4}  validation loss {validation.Loss:F4}  accuracy {100 * validation.Accuracy,5:F2} %{(value.IsBest ? " *" : "")}"));
        }
    }
}
