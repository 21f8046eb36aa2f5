using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class WorkersTests
{
    [Fact]
    public void EveryPieceIsDoneOnceByOneWorkerAtATime()
    {
        var workers = new Workers(4);
        for (var round = 0; round < 2000; round++)
        {
            var work = new CountingWork(pieces: 1 + (round % 9), workers: 4);
            workers.Run(work, work.Done.Length);
            Assert.All(work.Done, done => Assert.Equal(1, done));
            Assert.False(work.Overlapped);
            if (round % 500 == 0)
            {
                // Long enough for the threads to fall asleep.
                Thread.Sleep(20);
            }
        }
    }

    [Fact]
    public void AFailureReachesTheCallerAndTheWorkersGoOn()
    {
        var workers = new Workers(3);
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal("piece 5", Assert.Throws<InvalidOperationException>(() => workers.Run(new FailingWork(), 8)).Message);
            var work = new CountingWork(pieces: 8, workers: 3);
            workers.Run(work, 8);
            Assert.All(work.Done, done => Assert.Equal(1, done));
        }
    }

    [Fact]
    public void ThreadsEndWhenNobodyHasTheWorkers()
    {
        var threads = new ConcurrentDictionary<Thread, bool>();
        var (workers, work) = WorkAndForget(threads);
        Assert.NotEmpty(threads);
        for (var attempt = 0; attempt < 100 && (work.IsAlive || threads.Keys.Any(thread => thread.IsAlive)); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }

        Assert.False(workers.IsAlive);
        Assert.False(work.IsAlive);
        Assert.DoesNotContain(threads.Keys, thread => thread.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Workers, WeakReference Work) WorkAndForget(ConcurrentDictionary<Thread, bool> threads)
    {
        var workers = new Workers(3);
        var work = new RecordingWork(threads, Thread.CurrentThread);
        while (threads.Count < 2)
        {
            workers.Run(work, 20);
        }

        return (new WeakReference(workers), new WeakReference(work));
    }

    private sealed class CountingWork(int pieces, int workers) : IParallelWork
    {
        private readonly int[] _atWork = new int[workers];

        public int[] Done { get; } = new int[pieces];

        public bool Overlapped { get; private set; }

        public void Run(int index, int worker)
        {
            Overlapped |= Interlocked.Increment(ref _atWork[worker]) > 1;
            Interlocked.Increment(ref Done[index]);
            Thread.SpinWait(50);
            Interlocked.Decrement(ref _atWork[worker]);
        }
    }

    private sealed class RecordingWork(ConcurrentDictionary<Thread, bool> threads, Thread caller) : IParallelWork
    {
        public void Run(int index, int worker)
        {
            if (Thread.CurrentThread != caller)
            {
                threads.TryAdd(Thread.CurrentThread, true);
            }

            Thread.SpinWait(100);
        }
    }

    private sealed class FailingWork : IParallelWork
    {
        public void Run(int index, int worker)
        {
            if (index == 5)
            {
                throw new InvalidOperationException("piece 5");
            }
        }
    }
}
