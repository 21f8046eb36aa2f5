using System.Globalization;
using ModelGen;

namespace SampleKit;

/// <summary>Prints a line for each epoch that is over, a star at the best so far.</summary>
public sealed class EpochLines : IProgress<FitProgress>
{
    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Validation is { } validation)
        {
            var accuracy = validation.Accuracy is { } share ? string.Create(CultureInfo.InvariantCulture, $"  accuracy {100 * share,5:F2} %") : "";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {value.Epoch,3}  loss {value.Loss:F4}  validation loss {validation.Loss:F4}{accuracy}  {value.SamplesPerSecond:N0}/s  {value.TimeLeft:m\\:ss} left{(value.IsBest ? " *" : "")}"));
        }
    }
}
