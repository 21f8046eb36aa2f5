using System.Text.Json;
using ModelGen;

namespace FashionMnistSample;

/// <summary>Prints one JSON object a line, for other programs: one for each epoch, the result last.</summary>
internal sealed class JsonView(TextWriter output) : ITrainingView, IProgress<FitProgress>
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <inheritdoc/>
    public void Introduce(ModelSummary summary, FashionData data, Options options)
    {
    }

    /// <inheritdoc/>
    public FitReport Follow(Func<IProgress<FitProgress>, FitReport> fit) => fit(this);

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Validation is { } validation)
        {
            Print(new
            {
                value.Epoch,
                value.Loss,
                ValidationLoss = validation.Loss,
                ValidationAccuracy = validation.Accuracy,
                ImagesPerSecond = Math.Round(value.SamplesPerSecond),
            });
        }
    }

    /// <inheritdoc/>
    public void Show(TrainingResult result) => Print(new
    {
        TestAccuracy = result.Test.Accuracy,
        Epochs = result.Fit.Epochs.Count,
        TrainImages = result.Data.Train.Count,
        ImagesPerSecond = Math.Round(result.Fit.SamplesPerSecond),
        Seconds = Math.Round(result.Fit.Seconds, 3),
        result.Fit.AllocatedBytesPerStep,
    });

    private void Print(object line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, s_options));
        output.Flush();
    }
}
