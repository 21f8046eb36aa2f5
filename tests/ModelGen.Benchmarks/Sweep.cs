using System.Globalization;

namespace ModelGen.Benchmarks;

/// <summary>
/// The kernels of layers of many shapes, so that no shape falls off a cliff unseen: one thing is varied at a time around a
/// middle, forward, input gradient and weight gradient each alone.
/// </summary>
internal static class Sweep
{
    // What the cells at the end have in common.
    private const string Reasons = """

        Where less than a half is reached, the shape leaves it no choice:
          one sample of few filters or units   its lanes are outputs, and there are fewer of them than lanes
          one sample of dense layers           every weight is read once, for one multiply-add
          one to five inputs or units          a number that is read or written for every multiply-add or two
        """;

    /// <summary>Prints the fraction of the multiply-add peak that each kernel reaches, worst last, and why.</summary>
    /// <param name="seconds">How long each kernel is measured.</param>
    public static void Print(double seconds)
    {
        var layers = Layers().ToList();
        var rows = new List<(string Layer, string Kernel, double Fraction)>();
        foreach (var chunk in layers.Chunk(12))
        {
            var source = string.Join("\n", chunk.Select((layer, index) =>
                $"[ModelGen.Model(Winograd = false), {string.Join(", ", layer.Split("; ").Select(part => "ModelGen." + part))}] public partial class L{index};"));
            var peak = FmaPeak.Measure();
            foreach (var kernel in KernelLab.Compile(source).Where(kernel => kernel.MultiplyAdds > 0 && kernel.Layer is "conv2d_2" or "dense_2"))
            {
                var what = kernel.Program == "one sample" ? kernel.Program : kernel.Name.Contains("Weight", StringComparison.Ordinal) ? "weight gradient" : kernel.Name.Contains("InputGradient", StringComparison.Ordinal) ? "input gradient" : "forward";
                rows.Add((chunk[int.Parse(kernel.Model[1..], CultureInfo.InvariantCulture)], what, 2e-9 * kernel.MultiplyAdds / kernel.Time(seconds / 50) / peak));
            }
        }

        foreach (var (layer, kernel, fraction) in rows.OrderByDescending(row => row.Fraction))
        {
            var text = string.Join(", ", layer.Split("; ").Where(part => !part.StartsWith("GlobalAverage", StringComparison.Ordinal) && !part.StartsWith("MeanSquared", StringComparison.Ordinal)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * fraction,5:F1} %  {kernel,-16} {text}"));
        }

        Console.WriteLine(Reasons);
    }

    // The layer of interest is the second of its kind: the first one only makes it need an input gradient.
    private static IEnumerable<string> Layers()
    {
        foreach (var filters in new[] { 1, 2, 3, 5, 7, 8, 11, 16, 24, 31, 48, 96 })
        {
            yield return Convolution(16, filters, 14, 3, 1);
        }

        foreach (var channels in new[] { 1, 3, 7, 64 })
        {
            yield return Convolution(channels, 16, 14, 3, 1);
        }

        foreach (var extent in new[] { 5, 6, 9, 15, 21, 32, 45, 64 })
        {
            yield return Convolution(8, 16, extent, 3, 1);
        }

        foreach (var kernel in new[] { 1, 2, 4, 5, 6, 7 })
        {
            yield return Convolution(8, 16, 16, kernel, 1);
            yield return Convolution(8, 16, 16, kernel, 2);
        }

        foreach (var units in new[] { 1, 2, 3, 5, 10, 17, 31, 64, 100, 129, 500, 2048 })
        {
            yield return Dense(128, units);
            yield return Dense(units, 128);
        }
    }

    private static string Convolution(int channels, int filters, int extent, int kernel, int stride) =>
        $"Input(1, {extent}, {extent}); Conv2D({channels}, 1); Conv2D({filters}, {kernel}, Stride = {stride}, Padding = {(kernel - 1) / 2}); GlobalAveragePool; MeanSquaredError";

    private static string Dense(int inputs, int units) => $"Input(4); Dense({inputs}); Dense({units}); MeanSquaredError";
}
