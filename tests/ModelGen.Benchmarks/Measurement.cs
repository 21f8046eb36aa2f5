using System.Diagnostics;
using System.Globalization;

namespace ModelGen.Benchmarks;

/// <summary>One line of results: the peers' fields, and how near the machine's peak it comes.</summary>
internal sealed record Measurement(
    string Model, string Mode, int Batch, int Threads, double MedianMicroseconds, double MinimumMicroseconds, double Gflops, double PeakFraction, long AllocatedBytes)
{
    private const int WarmUp = 30;

    // The JIT compiles what runs often a second time, with all optimisations, some tenths of a second after the start.
    private const double WarmUpSeconds = 0.6;

    private const int MostSamples = 400_000;

    /// <summary>Times an action for about the given seconds.</summary>
    /// <param name="workload">The model.</param>
    /// <param name="mode">What is timed.</param>
    /// <param name="batch">The samples of one run.</param>
    /// <param name="threads">The threads it may use.</param>
    /// <param name="multiplyAdds">The multiply-adds of one sample.</param>
    /// <param name="action">One run.</param>
    /// <param name="seconds">How long to go on.</param>
    public static Measurement Take(Workload workload, string mode, int batch, int threads, long multiplyAdds, Action action, double seconds)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUp || Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds; i++)
        {
            action();
        }

        // Calls too short for the clock are timed several at once.
        var once = Math.Min(Time(action, 1), Time(action, 1));
        var repeat = (int)Math.Clamp(20e-6 / Math.Max(once, 1e-8), 1, 1000);
        var times = new List<double>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var peak = FmaPeak.Measure();
        var start = Stopwatch.GetTimestamp();
        while (times.Count < 7 || (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds && times.Count < MostSamples))
        {
            times.Add(Time(action, repeat) / repeat);
        }

        // The clock of the machine moves: the peak is that of the same seconds.
        peak = Math.Max(peak, FmaPeak.Measure());
        times.Sort();
        var gflops = 2.0 * multiplyAdds * batch / times[0] * 1e-9;
        return new(workload.Name, mode, batch, threads, times[times.Count / 2] * 1e6, times[0] * 1e6, gflops, gflops / (peak * threads), allocated);
    }

    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"peer":"modelgen","model":"{{Model}}","mode":"{{Mode}}","batch":{{Batch}},"threads":{{Threads}},"median_us":{{MedianMicroseconds:F2}},"min_us":{{MinimumMicroseconds:F2}},"gflops":{{Gflops:F1}},"peak_fraction":{{PeakFraction:F3}},"allocated_bytes":{{AllocatedBytes}},"peak_memory_bytes":{{Process.GetCurrentProcess().PeakWorkingSet64}}}""");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Model,-8} {Mode,-6} batch {Batch,4}  threads {Threads}  median {MedianMicroseconds,10:F2} µs  best {MinimumMicroseconds,10:F2} µs  {Gflops,6:F1} GFLOP/s  {100 * PeakFraction,4:F0} % of peak  {AllocatedBytes} bytes");

    private static double Time(Action action, int repeat)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeat; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
