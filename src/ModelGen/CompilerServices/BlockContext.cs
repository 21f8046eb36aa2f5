using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelGen.CompilerServices;

/// <summary>The memory one block of samples works in. Every reference is to 64-byte aligned memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BlockContext
{
    private readonly float[][] _inputs;
    private readonly int[] _inputOffsets;
    private readonly float[][] _labels;
    private readonly int[] _labelOffsets;
    private readonly float[][] _outputs;
    private readonly int[] _outputOffsets;
    private readonly MeetingPoint? _meeting;

    /// <summary>The first word of the parameter arena: trained parameters, then statistics.</summary>
    public readonly ref float Parameters;

    /// <summary>The first word of the scratch memory of the block.</summary>
    public readonly ref float Scratch;

    /// <summary>The first word of the worker's own scratch memory; the block's where one worker has it to itself.</summary>
    public readonly ref float Own;

    /// <summary>The first word of this block's memory that outlives the phase.</summary>
    public readonly ref float Block;

    /// <summary>The first word of the sums of this block's group.</summary>
    public readonly ref float Sums;

    /// <summary>The first word of the model's memory.</summary>
    public readonly ref float Model;

    /// <summary>One for each lane that holds a sample, zero for padding.</summary>
    public readonly ref float Mask;

    /// <summary>The position of the block in the batch; its first sample is <see cref="Lanes.Count"/> times it.</summary>
    public readonly int Index;

    /// <summary>What random numbers of this step are a function of, beside stream, sample and element.</summary>
    public readonly uint RandomKey;

    /// <summary>The part of the block's work that this worker does, from 0 to one less than <see cref="Parts"/>.</summary>
    public readonly int Part;

    /// <summary>The workers that share the block.</summary>
    public readonly int Parts;

    internal BlockContext(
        ref float parameters, ref float scratch, ref float own, ref float block, ref float sums, ref float model, ref float mask, int index, uint randomKey,
        float[][] inputs, int[] inputOffsets, float[][] labels, int[] labelOffsets, float[][] outputs, int[] outputOffsets,
        int part, int parts, MeetingPoint? meeting)
    {
        Parameters = ref parameters;
        Scratch = ref scratch;
        Own = ref own;
        Block = ref block;
        Sums = ref sums;
        Model = ref model;
        Mask = ref mask;
        Index = index;
        RandomKey = randomKey;
        _inputs = inputs;
        _inputOffsets = inputOffsets;
        _labels = labels;
        _labelOffsets = labelOffsets;
        _outputs = outputs;
        _outputOffsets = outputOffsets;
        Part = part;
        Parts = parts;
        _meeting = meeting;
    }

    /// <summary>Whether this worker does what cannot be shared.</summary>
    public bool IsFirst => Part == 0;

    /// <summary>Waits until all workers that share the block have come here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Meet() => _meeting?.Meet();

    /// <summary>This block of an input: [element][lane]; token ids as the bits of an <see cref="int"/>.</summary>
    public ref float Input(int index) => ref _inputs[index][_inputOffsets[index]];

    /// <summary>This block of the labels of a loss: [place][lane]; classes as the bits of an <see cref="int"/>.</summary>
    public ref float Labels(int index) => ref _labels[index][_labelOffsets[index]];

    /// <summary>Where this block of an output goes: [element][lane].</summary>
    public ref float Output(int index) => ref _outputs[index][_outputOffsets[index]];

    /// <summary>The same memory seen as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int AsInts(ref float words) => ref Unsafe.As<float, int>(ref words);
}

/// <summary>The memory of a whole batch at the end of a phase.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PhaseContext
{
    /// <summary>The first word of the parameter arena: trained parameters, then statistics.</summary>
    public readonly ref float Parameters;

    /// <summary>The first word of the gradient arena, laid out as the trained parameters.</summary>
    public readonly ref float Gradients;

    /// <summary>The first word of the first block; the others follow at the layout's BlockWords.</summary>
    public readonly ref float Blocks;

    /// <summary>The first word of the first group's sums; the others follow at the layout's SumWords.</summary>
    public readonly ref float Sums;

    /// <summary>The first word of the model's memory.</summary>
    public readonly ref float Model;

    /// <summary>The number of blocks of this batch.</summary>
    public readonly int BlockCount;

    /// <summary>The number of groups in use; at most the layout's.</summary>
    public readonly int GroupCount;

    /// <summary>The part of what is computed once that this worker does, from 0 to one less than <see cref="Parts"/>.</summary>
    public readonly int Part;

    /// <summary>The workers that share what is computed once.</summary>
    public readonly int Parts;

    private readonly MeetingPoint? _meeting;

    internal PhaseContext(
        ref float parameters, ref float gradients, ref float blocks, ref float sums, ref float model, int blockCount, int groupCount,
        int part, int parts, MeetingPoint? meeting)
    {
        Parameters = ref parameters;
        Gradients = ref gradients;
        Blocks = ref blocks;
        Sums = ref sums;
        Model = ref model;
        BlockCount = blockCount;
        GroupCount = groupCount;
        Part = part;
        Parts = parts;
        _meeting = meeting;
    }

    /// <summary>Whether this worker does what cannot be shared.</summary>
    public bool IsFirst => Part == 0;

    /// <summary>Waits until all workers that share what is computed once have come here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Meet() => _meeting?.Meet();
}
