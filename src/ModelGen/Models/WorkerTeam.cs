using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ModelGen;

/// <summary>
/// What the threads of <see cref="Workers"/> share. They know the work only while it is done, so that they keep nobody
/// alive who waits for the garbage collector.
/// </summary>
internal sealed class WorkerTeam
{
    // Longer than the serial parts of a training step, so that threads are awake again for the next parallel one.
    private static readonly long s_spinTicks = Stopwatch.Frequency / 10_000;

    private readonly object _gate = new();
    private IParallelWork? _work;
    private int _pieces;
    private int _unclaimed;
    private int _done;
    private int _asleep;
    private bool _stopped;
    private Exception? _failure;

    /// <summary>Starts all threads but the caller's.</summary>
    public WorkerTeam(int threads)
    {
        for (var worker = 1; worker < threads; worker++)
        {
            var name = worker;
            new Thread(() => Serve(name)) { IsBackground = true, Name = $"ModelGen worker {name}" }.Start();
        }
    }

    /// <summary>Does all pieces; the caller is worker 0.</summary>
    public void Run(IParallelWork work, int pieces)
    {
        _work = work;
        _pieces = pieces;
        _done = 0;

        // A full fence: either a thread that falls asleep sees the pieces, or it is seen asleep here.
        Interlocked.Exchange(ref _unclaimed, pieces);
        if (Volatile.Read(ref _asleep) > 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }

        while (TryWork(worker: 0))
        {
        }

        var spinner = new SpinWait();
        while (Volatile.Read(ref _done) < pieces)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _work = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Lets the threads end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Serve(int worker)
    {
        while (WaitForWork())
        {
            TryWork(worker);
        }
    }

    private bool WaitForWork()
    {
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _unclaimed) == 0)
        {
            if (Volatile.Read(ref _stopped))
            {
                return false;
            }

            if (Stopwatch.GetTimestamp() - start < s_spinTicks)
            {
                Thread.SpinWait(10);
            }
            else
            {
                Sleep();
            }
        }

        return true;
    }

    private void Sleep()
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _asleep);
            if (Volatile.Read(ref _unclaimed) == 0 && !_stopped)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _asleep);
        }
    }

    // Not inlined, so that no local of a waiting thread refers to the work.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryWork(int worker)
    {
        var unclaimed = Volatile.Read(ref _unclaimed);
        while (unclaimed > 0)
        {
            var found = Interlocked.CompareExchange(ref _unclaimed, unclaimed - 1, unclaimed);
            if (found == unclaimed)
            {
                // Until this piece is done the caller waits, so that work and pieces stay what they are.
                try
                {
                    _work!.Run(_pieces - unclaimed, worker);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref _failure, exception, null);
                }

                Interlocked.Increment(ref _done);
                return true;
            }

            unclaimed = found;
        }

        return false;
    }
}
