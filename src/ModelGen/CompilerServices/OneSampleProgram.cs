using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>What a stream remembers from one step to the next.</summary>
/// <param name="Name">The layer and what it is to the layer, such as <c>lstm_1.cell</c>.</param>
/// <param name="Offset">Its first word.</param>
/// <param name="Length">Its numbers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StateDefinition(string Name, int Offset, int Length);

/// <summary>
/// The prediction of a single sample, as the generator emits it: outputs in the lanes of vectors, weights packed once.
/// Stateless; all memory is handed in. The emitted class has a static method that runs it, which is called directly.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OneSampleProgram
{
    /// <summary>The words of what is prepared from the parameters.</summary>
    public abstract int PreparedWords { get; }

    /// <summary>The words a prediction computes in.</summary>
    public abstract int ScratchWords { get; }

    /// <summary>What a stream remembers; empty where the network does not run step by step, or remembers nothing.</summary>
    public virtual StateDefinition[] States => [];

    /// <summary>The words of <see cref="States"/>, with padding.</summary>
    public virtual int StateWords => 0;

    /// <summary>The words each thread computes in by itself.</summary>
    public virtual int OwnWords => 0;

    /// <summary>The words of all inputs and outputs, one after another, each from a cache line on, and what threads leave each other; zero where threads would not gain.</summary>
    public virtual int SharedWords => 0;

    /// <summary>Does one thread's part of a prediction.</summary>
    /// <param name="context">Which part.</param>
    /// <param name="prepared">What was prepared.</param>
    /// <param name="scratch">The first word of <see cref="ScratchWords"/> words that all threads share.</param>
    /// <param name="own">The first word of <see cref="OwnWords"/> words of this thread.</param>
    /// <param name="shared">The first word of <see cref="SharedWords"/> words: inputs, and where outputs go.</param>
    public virtual void RunPart(in SampleParts context, ref float prepared, ref float scratch, ref float own, ref float shared)
    {
    }

    /// <summary>Does one thread's part of a step of a stream.</summary>
    /// <param name="context">Which part.</param>
    /// <param name="prepared">What was prepared.</param>
    /// <param name="scratch">The first word of <see cref="ScratchWords"/> words that all threads share.</param>
    /// <param name="state">The first word of <see cref="StateWords"/> words: what the stream remembers.</param>
    /// <param name="shared">The first word of <see cref="SharedWords"/> words: inputs, and where outputs go.</param>
    public virtual void StepPart(in SampleParts context, ref float prepared, ref float scratch, ref float state, ref float shared)
    {
    }

    /// <summary>Packs the weights and computes what else depends on parameters and statistics only.</summary>
    /// <param name="parameters">The first word of the parameter arena.</param>
    /// <param name="prepared">The first word of <see cref="PreparedWords"/> words, zero where nothing was written before; 64-byte aligned.</param>
    public abstract void Prepare(ref float parameters, ref float prepared);
}
