using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>The prediction of a single sample by several threads: each does its part of every step, and they meet after each.</summary>
internal sealed class SharedPrediction : IParallelWork
{
    private readonly OneSampleProgram _program;
    private readonly AlignedBuffer _prepared;
    private readonly AlignedBuffer _scratch;
    private readonly AlignedBuffer _own;
    private readonly Workers _workers;
    private readonly MeetingPoint _meeting;

    public SharedPrediction(OneSampleProgram program, AlignedBuffer prepared, AlignedBuffer scratch, Workers workers)
    {
        _program = program;
        _prepared = prepared;
        _scratch = scratch;
        _workers = workers;
        _own = new AlignedBuffer((long)program.OwnWords * workers.Count);
        _meeting = new MeetingPoint(workers.Count);
        Values = new AlignedBuffer(program.SharedWords);
    }

    /// <summary>Inputs and outputs: threads cannot see the memory of the caller's spans.</summary>
    public AlignedBuffer Values { get; }

    public void Run() => _workers.Run(this, _workers.Count);

    void IParallelWork.Run(int index, int worker)
    {
        var parts = new SampleParts(index, _workers.Count, _meeting);
        _program.RunPart(parts, ref _prepared.First, ref _scratch.First, ref Unsafe.Add(ref _own.First, index * _program.OwnWords), ref Values.First);
    }
}
