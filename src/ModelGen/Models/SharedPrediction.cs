using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>The prediction of a single sample by several threads: each does its part of every step, and they meet after each.</summary>
internal sealed class SharedPrediction(OneSampleProgram program, AlignedBuffer prepared, AlignedBuffer scratch, Workers workers) : IParallelWork
{
    private readonly AlignedBuffer _own = new((long)program.OwnWords * workers.Count);
    private readonly MeetingPoint _meeting = new(workers.Count);

    /// <summary>Inputs and outputs: threads cannot see the memory of the caller's spans.</summary>
    public AlignedBuffer Values { get; } = new(program.SharedWords);

    private StreamState? _state;

    /// <summary>Predicts a whole sample.</summary>
    public void Run()
    {
        _state = null;
        workers.Run(this, workers.Count);
    }

    /// <summary>Takes one step of a stream.</summary>
    public void RunStep(StreamState state)
    {
        _state = state;
        workers.Run(this, workers.Count);
    }

    // They meet, so that each thread has one piece; its part is always the same, whose weights are in its own cache.
    void IParallelWork.Run(int index, int worker)
    {
        var parts = new SampleParts(worker, workers.Count, _meeting);
        if (_state is { } state)
        {
            program.StepPart(parts, ref prepared.First, ref scratch.First, ref state.First, ref Values.First);
        }
        else
        {
            program.RunPart(parts, ref prepared.First, ref scratch.First, ref Unsafe.Add(ref _own.First, worker * program.OwnWords), ref Values.First);
        }
    }
}
