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

    public void Run() => workers.Run(this, workers.Count);

    void IParallelWork.Run(int index, int worker)
    {
        var parts = new SampleParts(index, workers.Count, _meeting);
        program.RunPart(parts, ref prepared.First, ref scratch.First, ref Unsafe.Add(ref _own.First, index * program.OwnWords), ref Values.First);
    }
}
