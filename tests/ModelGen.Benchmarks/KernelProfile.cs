using System.Globalization;

namespace ModelGen.Benchmarks;

/// <summary>The kernels of models one by one: where the time of a step or a prediction goes.</summary>
internal static class KernelProfile
{
    /// <summary>Prints every kernel with its time for 16 samples (of the whole batch's kernels for 128, of one sample's for one).</summary>
    /// <param name="models">The names of the models.</param>
    /// <param name="seconds">How long each kernel is measured.</param>
    public static void Print(IReadOnlyList<string> models, double seconds)
    {
        var classes = models.Select(name => Workloads.Create(name, 0, 1).Summary.Name).ToHashSet();
        var kernels = KernelLab.Compile(RunTimeCompilation.ModelsSource()).Where(kernel => classes.Contains(kernel.Model)).ToList();
        foreach (var program in kernels.GroupBy(kernel => (kernel.Model, kernel.Program)))
        {
            // A step of a batch runs what works on a block eight times.
            var times = program.Select(kernel => (kernel, Seconds: kernel.Time(seconds / 10))).ToList();
            var peak = FmaPeak.Measure();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Key.Model}, {program.Key.Program}: {times.Sum(item => item.Seconds) * 1e6:F1} µs in all, {peak:F0} GFLOP/s at most"));
            foreach (var (kernel, time) in times)
            {
                var gflops = 2e-9 * kernel.MultiplyAdds / time;
                var share = kernel.MultiplyAdds > 0 ? $"{gflops,7:F1} GFLOP/s {100 * gflops / peak,4:F0} %" : new string(' ', 22);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time * 1e6,9:F2} µs {share}  {kernel.Name}"));
            }
        }
    }
}
