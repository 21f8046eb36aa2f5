using System.Diagnostics;

namespace ModelGen;

/// <summary>Measures the updates of a run: their time, their samples and what they allocate.</summary>
internal sealed class StepMeter
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _stepStart;
    private long _bytesBefore;
    private long _ticks;

    /// <summary>The updates measured.</summary>
    public long Steps { get; private set; }

    /// <summary>The samples of all updates.</summary>
    public long Samples { get; private set; }

    /// <summary>The most bytes that an update allocated on this thread, the first aside.</summary>
    public long MostAllocatedBytes { get; private set; }

    /// <summary>The seconds since the meter was made.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The samples in a second of updates.</summary>
    public double SamplesPerSecond => _ticks > 0 ? Samples * (double)Stopwatch.Frequency / _ticks : 0;

    /// <summary>Begins to measure.</summary>
    public void Start()
    {
        _bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        _stepStart = Stopwatch.GetTimestamp();
    }

    /// <summary>Adds what a batch took.</summary>
    /// <param name="samples">The samples of the batch.</param>
    /// <param name="isUpdate">Whether it ended an update.</param>
    public void Stop(int samples, bool isUpdate)
    {
        _ticks += Stopwatch.GetTimestamp() - _stepStart;
        Samples += samples;
        if (Steps > 0)
        {
            MostAllocatedBytes = Math.Max(MostAllocatedBytes, GC.GetAllocatedBytesForCurrentThread() - _bytesBefore);
        }

        if (isUpdate)
        {
            Steps++;
        }
    }
}
