using System.Text.Json;

namespace ModelGen.Tests.Oracles;

/// <summary>A model of the golden files and what PyTorch computes for it; see <c>Goldens/layers.py</c> and <c>sequences.py</c>.</summary>
/// <param name="Name">Unique within its file.</param>
/// <param name="Layers">The attributes of the model.</param>
/// <param name="Samples">The number of samples of every step.</param>
/// <param name="Ignored">Whether some labels take no part.</param>
/// <param name="Sampling">Of gradients every so many elements are stored.</param>
/// <param name="Steps">The steps, each with inputs of its own; statistics and the states of stateful layers go from one to the next.</param>
/// <param name="Lengths">The steps of each sample that count; null where all do.</param>
public sealed record Golden(string Name, string Layers, int Samples, bool Ignored, int Sampling, GoldenStep[] Steps, int[]? Lengths = null)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>The cases of one file, such as <c>convolutions</c>.</summary>
    public static Golden[] Read(string group)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Goldens", group + ".json"));
        return JsonSerializer.Deserialize<Golden[]>(stream, s_options)!;
    }

    public override string ToString() => Name;
}

/// <summary>One step: what goes in is made by the tests, what comes out is stored.</summary>
/// <param name="Mode">"train" or "evaluate".</param>
/// <param name="Loss">The loss, its weight included.</param>
/// <param name="Output">What the loss judges, all samples one after the other.</param>
/// <param name="Prediction">What a prediction shows before the step.</param>
/// <param name="Gradients">By the parameter's name.</param>
/// <param name="InputGradient">All samples one after the other.</param>
/// <param name="Statistics">As they are after the step.</param>
/// <param name="States">The final states of recurrent layers by the layer's name, all samples one after the other.</param>
public sealed record GoldenStep(
    string Mode,
    double Loss,
    double[] Output,
    double[] Prediction,
    Dictionary<string, double[]> Gradients,
    double[] InputGradient,
    Dictionary<string, double[]> Statistics,
    Dictionary<string, double[]>? States = null);
