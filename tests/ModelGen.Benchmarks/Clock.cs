using System.Diagnostics;

namespace ModelGen.Benchmarks;

/// <summary>Times what is too short for one reading of the clock.</summary>
internal static class Clock
{
    // Long enough for the clock's resolution, short enough to fall between two interruptions.
    private const double TurnSeconds = 50e-6;

    /// <summary>The shortest time of one run, in seconds, of those measured in about the given time.</summary>
    public static double Best(Action<int> run, double seconds)
    {
        run(3);
        var once = Math.Min(Time(run, 1), Time(run, 1));
        var times = (int)Math.Clamp(TurnSeconds / once, 1, 10_000);
        var best = double.MaxValue;
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; turn++)
        {
            best = Math.Min(best, Time(run, times) / times);
        }

        return best;
    }

    private static double Time(Action<int> run, int times)
    {
        var start = Stopwatch.GetTimestamp();
        run(times);
        return Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-9);
    }
}
