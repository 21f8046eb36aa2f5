using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>The memory that the programs of one trainer or predictor compute in, one program at a time.</summary>
internal sealed class WorkMemory
{
    private readonly AlignedBuffer[] _scratch;

    /// <summary>Memory for the most demanding of some programs.</summary>
    public WorkMemory(ReadOnlySpan<CompiledProgram> programs, int samples, int workers, int gradientWords)
    {
        var blocks = ((long)samples + Lanes.Count - 1) / Lanes.Count;
        long scratchWords = 0, blockWords = 0, sumWords = 0, modelWords = 0;
        foreach (var program in programs)
        {
            var layout = program.Layout;
            scratchWords = Math.Max(scratchWords, layout.ScratchWords);
            blockWords = Math.Max(blockWords, blocks * layout.BlockWords);
            sumWords = Math.Max(sumWords, Math.Min(layout.Groups, blocks) * layout.SumWords);
            modelWords = Math.Max(modelWords, layout.ModelWords);
        }

        _scratch = new AlignedBuffer[workers];
        for (var worker = 0; worker < workers; worker++)
        {
            _scratch[worker] = new AlignedBuffer(scratchWords);
        }

        Blocks = new AlignedBuffer(blockWords);
        Sums = new AlignedBuffer(sumWords);
        Model = new AlignedBuffer(modelWords);
        Gradients = new AlignedBuffer(AlignedBuffer.RoundUp(gradientWords));
    }

    /// <summary>What outlives a phase, block after block.</summary>
    public AlignedBuffer Blocks { get; }

    /// <summary>The sums of the groups.</summary>
    public AlignedBuffer Sums { get; }

    /// <summary>What exists once.</summary>
    public AlignedBuffer Model { get; }

    /// <summary>The gradients, laid out as the trained parameters.</summary>
    public AlignedBuffer Gradients { get; }

    /// <summary>The first word of a worker's own memory.</summary>
    public ref float Scratch(int worker) => ref _scratch[worker].First;
}
