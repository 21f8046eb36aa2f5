using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Runs one program over the samples of a batch. Blocks are divided among a fixed number of groups, each worked through in
/// order by one worker, so that the result is the same for any number of workers.
/// </summary>
internal sealed class ProgramRunner : IParallelWork
{
    // Waking a thread and waiting for it costs some microseconds; this much work takes about ten.
    private const long SmallestSharedWork = 1_000_000;

    private readonly CompiledProgram _program;
    private readonly ProgramLayout _layout;
    private readonly AlignedBuffer _parameters;
    private readonly SampleBatch _batch;
    private readonly WorkMemory _memory;
    private readonly Workers _workers;
    private readonly long _multiplyAdds;
    private readonly MeetingPoint? _meeting;
    private readonly int[][] _inputOffsets;
    private readonly int[][] _labelOffsets;
    private readonly int[][] _outputOffsets;
    private Stage _stage;
    private int _pieces;
    private int _phase;
    private int _groups;
    private int _itemWorkers;
    private bool _sharesBlocks;
    private uint _randomKey;

    /// <param name="program">The program.</param>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="memory">The memory the program computes in.</param>
    /// <param name="workers">Who shares the work.</param>
    /// <param name="multiplyAdds">The multiply-adds of the program for one sample.</param>
    public ProgramRunner(
        CompiledProgram program, AlignedBuffer parameters, SampleBatch batch, WorkMemory memory, Workers workers, long multiplyAdds)
    {
        _program = program;
        _layout = program.Layout;
        _parameters = parameters;
        _batch = batch;
        _memory = memory;
        _workers = workers;
        _multiplyAdds = multiplyAdds;
        _meeting = workers.Count > 1 && (_layout.IsDivided || _layout.SharesModel) ? new MeetingPoint(workers.Count) : null;
        _inputOffsets = OffsetsPerWorker(batch.Inputs);
        _labelOffsets = OffsetsPerWorker(batch.Labels);
        _outputOffsets = OffsetsPerWorker(batch.Outputs);
    }

    /// <summary>Runs all phases over the current samples.</summary>
    /// <param name="randomKey">What random numbers are a function of, beside sample and element.</param>
    public void Run(uint randomKey)
    {
        _randomKey = randomKey;
        _groups = Math.Min(_layout.Groups, _batch.Blocks);
        _memory.Model.First = _batch.Samples;
        var isShared = _multiplyAdds * _batch.Samples >= SmallestSharedWork;
        _sharesBlocks = isShared && _meeting is not null && _layout.IsDivided && LeavesWorkersIdle();
        var modelParts = isShared && _meeting is not null && _layout.SharesModel ? _workers.Count : 1;
        _itemWorkers = isShared ? _workers.Count : 1;
        RunStage(Stage.Prepare, modelParts, isShared);
        if (_sharesBlocks)
        {
            // No worker has a group to itself that it could clear.
            MemoryMarshal.CreateSpan(ref _memory.Sums.First, _groups * _layout.SumWords).Clear();
        }

        for (_phase = 0; _phase < _layout.Phases; _phase++)
        {
            RunStage(Stage.Blocks, _sharesBlocks ? _workers.Count : _groups, isShared);
            RunStage(Stage.Items, _program.ItemCount(_phase, _itemWorkers), isShared);
            RunStage(Stage.Finish, modelParts, isShared);
        }
    }

    void IParallelWork.Run(int index, int worker)
    {
        switch (_stage)
        {
            case Stage.Prepare:
                _program.Prepare(GetPhaseContext(index));
                break;
            case Stage.Blocks when _sharesBlocks:
                // All workers go through all groups together, each with its part of every block.
                for (var group = 0; group < _groups; group++)
                {
                    RunGroup(group, index);
                }

                break;
            case Stage.Blocks:
                RunGroup(index, worker);
                break;
            case Stage.Items:
                _program.RunItem(_phase, index, _itemWorkers, GetPhaseContext(index));
                break;
            case Stage.Finish:
                _program.FinishPhase(_phase, GetPhaseContext(index));
                break;
        }
    }

    /// <summary>Whether more than a fifth of the workers' time would be lost if each took whole groups.</summary>
    private bool LeavesWorkersIdle()
    {
        var workers = _workers.Count;
        var rounds = (_groups + workers - 1) / workers;
        return 5 * _groups < 4 * rounds * workers;
    }

    private void RunStage(Stage stage, int pieces, bool isShared)
    {
        _stage = stage;
        _pieces = pieces;
        if (isShared)
        {
            _workers.Run(this, pieces);
            return;
        }

        for (var index = 0; index < pieces; index++)
        {
            ((IParallelWork)this).Run(index, worker: 0);
        }
    }

    private void RunGroup(int group, int worker)
    {
        var (scratch, part, parts, meeting) = _sharesBlocks ? (0, worker, _workers.Count, _meeting) : (worker, 0, 1, null);
        ref var sums = ref Unsafe.Add(ref _memory.Sums.First, (nint)group * _layout.SumWords);
        if (_phase == 0 && !_sharesBlocks)
        {
            MemoryMarshal.CreateSpan(ref sums, _layout.SumWords).Clear();
        }

        // Block b belongs to group ⌊b · groups / blocks⌋.
        var blocks = _batch.Blocks;
        var first = FirstBlock(group, blocks);
        var end = FirstBlock(group + 1, blocks);
        for (var block = first; block < end; block++)
        {
            _batch.Inputs.GetOffsets(block, _inputOffsets[worker]);
            _batch.Labels.GetOffsets(block, _labelOffsets[worker]);
            _batch.Outputs.GetOffsets(block, _outputOffsets[worker]);
            var context = new BlockContext(
                ref _parameters.First,
                ref _memory.Scratch(scratch),
                ref _memory.Scratch(worker),
                ref Unsafe.Add(ref _memory.Blocks.First, (nint)block * _layout.BlockWords),
                ref sums,
                ref _memory.Model.First,
                ref _batch.Mask(block),
                block,
                _randomKey,
                _batch.Inputs.Words,
                _inputOffsets[worker],
                _batch.Labels.Words,
                _labelOffsets[worker],
                _batch.Outputs.Words,
                _outputOffsets[worker],
                part,
                parts,
                meeting);
            _program.RunBlock(_phase, context);
        }
    }

    private int FirstBlock(int group, int blocks) => (int)((((long)group * blocks) + _groups - 1) / _groups);

    private PhaseContext GetPhaseContext(int piece) => new(
        ref _parameters.First,
        ref _memory.Gradients.First,
        ref _memory.Blocks.First,
        ref _memory.Sums.First,
        ref _memory.Model.First,
        _batch.Blocks,
        _groups,
        piece,
        _pieces,
        _pieces > 1 ? _meeting : null);

    /// <summary>What is being run, in this order; blocks, items and finish once a phase.</summary>
    private enum Stage
    {
        Prepare,
        Blocks,
        Items,
        Finish,
    }

    private int[][] OffsetsPerWorker(LaneBuffers buffers)
    {
        var offsets = new int[_workers.Count][];
        for (var worker = 0; worker < offsets.Length; worker++)
        {
            offsets[worker] = new int[buffers.Count];
        }

        return offsets;
    }
}
