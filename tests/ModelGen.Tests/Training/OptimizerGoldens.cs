using System.Text.Json;

namespace ModelGen.Tests.Training;

/// <summary>What PyTorch computed; see Goldens/optimizers.py.</summary>
internal static class OptimizerGoldens
{
    private static readonly JsonElement s_root = Read();

    /// <summary>The parameters after some of the 100 steps, by the number of steps.</summary>
    public static IReadOnlyDictionary<int, float[]> Optimizer(string name) =>
        s_root.GetProperty("optimizers").GetProperty(name).EnumerateObject()
            .ToDictionary(kept => int.Parse(kept.Name, System.Globalization.CultureInfo.InvariantCulture), kept => Numbers(kept.Value));

    /// <summary>The learning rates of the first steps.</summary>
    public static float[] Schedule(string name) => Numbers(s_root.GetProperty("schedules").GetProperty(name));

    private static float[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetSingle())];

    private static JsonElement Read()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Goldens", "optimizers.json"));
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
