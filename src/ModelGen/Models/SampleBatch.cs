using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// The samples a program works on: inputs, labels and outputs as lanes, [block][element][16], and where they stand in the
/// caller's spans.
/// </summary>
internal sealed class SampleBatch : IParallelWork
{
    // Waking a thread and waiting for it costs some microseconds; so many words take about ten.
    private const int SmallestSharedFill = 65_536;

    private readonly AlignedBuffer _masks = new(2 * Lanes.Count);
    private LaneBuffers? _filled;
    private int _filledIndex;
    private unsafe float* _rows;
    private readonly int[] _lengthsOfInput;

    /// <summary>Buffers for up to <paramref name="capacity"/> samples.</summary>
    public SampleBatch(ModelDefinition definition, int capacity, bool hasLabels)
    {
        Capacity = capacity;
        _lengthsOfInput = Array.ConvertAll(definition.Inputs, _ => -1);
        for (var index = 0; index < definition.Inputs.Length; index++)
        {
            if (definition.Inputs[index].LengthsOf is >= 0 and var input)
            {
                _lengthsOfInput[input] = index;
            }
        }

        int[][] states = hasLabels ? Array.ConvertAll(definition.States ?? [], state => state.Shape) : [];
        Inputs = new LaneBuffers([.. Array.ConvertAll(definition.Inputs, input => input.Shape), .. states], capacity);
        Outputs = new LaneBuffers([.. Array.ConvertAll(definition.Outputs, output => output.Shape), .. states], capacity);
        Labels = new LaneBuffers(hasLabels ? Array.ConvertAll(definition.Losses, loss => loss.LabelShape) : [], capacity);
        _masks.Span[..Lanes.Count].Fill(1);
    }

    /// <summary>The most samples.</summary>
    public int Capacity { get; }

    /// <summary>The inputs of the model; for training, then the states before the batch.</summary>
    public LaneBuffers Inputs { get; }

    /// <summary>The outputs of the model; for training, then the states after the batch.</summary>
    public LaneBuffers Outputs { get; }

    /// <summary>The labels of the losses; empty for predictions.</summary>
    public LaneBuffers Labels { get; }

    /// <summary>Who shares the work of filling large buffers; null for the caller alone.</summary>
    public Workers? Workers { get; set; }

    /// <summary>The samples of the caller's spans.</summary>
    public int TotalSamples { get; private set; }

    /// <summary>The first sample of the spans that is in the buffers.</summary>
    public int FirstSample { get; private set; }

    /// <summary>The number of samples in the buffers.</summary>
    public int Samples { get; private set; }

    /// <summary>The number of blocks in use.</summary>
    public int Blocks => (Samples + Lanes.Count - 1) / Lanes.Count;

    /// <summary>Takes a number of samples, all of which are to come through the buffers.</summary>
    public void Begin(int totalSamples)
    {
        TotalSamples = totalSamples;
        FirstSample = 0;
        Samples = 0;
    }

    /// <summary>Moves to the next samples, as many as the buffers hold.</summary>
    public bool MoveNext()
    {
        FirstSample += Samples;
        Samples = Math.Min(Capacity, TotalSamples - FirstSample);
        if (Samples == 0)
        {
            return false;
        }

        var mask = _masks.Span[Lanes.Count..];
        var last = Samples - ((Blocks - 1) * Lanes.Count);
        mask[..last].Fill(1);
        mask[last..].Clear();
        return true;
    }

    /// <summary>One for each lane of a block that holds a sample.</summary>
    public ref float Mask(int block) => ref Unsafe.Add(ref _masks.First, block == Blocks - 1 ? Lanes.Count : 0);

    /// <summary>Fills a buffer with the current samples of a span over all samples.</summary>
    public unsafe void Fill(LaneBuffers buffers, int index, ReadOnlySpan<float> values)
    {
        var elements = buffers.Elements[index];
        ref var rows = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), (nint)FirstSample * elements);
        if (Workers is not { Count: > 1 } workers || (long)elements * Samples < SmallestSharedFill)
        {
            for (var block = 0; block < Blocks; block++)
            {
                FillBlock(buffers, index, ref rows, block);
            }

            return;
        }

        // The workers cannot hold a span: its memory is pinned until they are done.
        fixed (float* first = &rows)
        {
            _filled = buffers;
            _filledIndex = index;
            _rows = first;
            workers.Run(this, Blocks);
            _filled = null;
            _rows = null;
        }
    }

    unsafe void IParallelWork.Run(int index, int worker) => FillBlock(_filled!, _filledIndex, ref *_rows, index);

    private void FillBlock(LaneBuffers buffers, int index, ref float rows, int block)
    {
        var elements = buffers.Elements[index];
        var first = block * Lanes.Count;
        Lanes.FromRows(
            ref Unsafe.Add(ref rows, (nint)first * elements), elements, Math.Min(Lanes.Count, Samples - first), elements, ref buffers.Block(index, block));
    }

    /// <summary>
    /// Fills a buffer with chosen rows of a table, the current part of <paramref name="rows"/>; they are not checked. Where none
    /// are chosen, the samples are those of the table in its own order.
    /// </summary>
    public void Fill(LaneBuffers buffers, int index, ReadOnlySpan<float> table, ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            Fill(buffers, index, table);
            return;
        }

        var elements = buffers.Elements[index];
        rows = rows.Slice(FirstSample, Samples);
        for (var block = 0; block < Blocks; block++)
        {
            var first = block * Lanes.Count;
            Lanes.FromRows(
                ref MemoryMarshal.GetReference(table), elements, rows.Slice(first, Math.Min(Lanes.Count, Samples - first)), elements, ref buffers.Block(index, block));
        }
    }

    /// <summary>The lengths of the current samples, one a lane, that an input of lengths holds.</summary>
    public ReadOnlySpan<int> Lengths(int index) => Inputs.Ints(index, Blocks);

    /// <summary>Puts zeros where an input goes beyond the lengths of its samples, if it has lengths; those are filled already.</summary>
    public void ClearInputPadding(int index)
    {
        if (_lengthsOfInput[index] >= 0)
        {
            ClearPadding(Inputs, index, Lengths(_lengthsOfInput[index]), perStep: 1);
        }
    }

    /// <summary>Puts zeros where targets go beyond the lengths of the samples that the loss judges, if they have lengths.</summary>
    public void ClearTargetPadding(int index, LossDefinition loss)
    {
        if (loss.Lengths >= 0)
        {
            ClearPadding(Labels, index, Lengths(loss.Lengths), Extents.Product(loss.LabelShape.AsSpan(1)));
        }
    }

    private void ClearPadding(LaneBuffers buffers, int index, ReadOnlySpan<int> lengths, int perStep)
    {
        var elements = buffers.Elements[index];
        for (var block = 0; block < Blocks; block++)
        {
            var words = MemoryMarshal.CreateSpan(ref buffers.Block(index, block), elements * Lanes.Count);
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                for (var element = lengths[(block * Lanes.Count) + lane] * perStep; element < elements; element++)
                {
                    words[(element * Lanes.Count) + lane] = 0;
                }
            }
        }
    }

    /// <summary>Copies the current samples of a buffer to their place in a span over all samples.</summary>
    public void Read(LaneBuffers buffers, int index, Span<float> values)
    {
        var elements = buffers.Elements[index];
        ref var rows = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), (nint)FirstSample * elements);
        for (var block = 0; block < Blocks; block++)
        {
            var first = block * Lanes.Count;
            Lanes.ToRows(
                ref buffers.Block(index, block), elements, ref Unsafe.Add(ref rows, (nint)first * elements), elements, Math.Min(Lanes.Count, Samples - first));
        }
    }
}
