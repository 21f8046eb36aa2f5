using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>How much memory one compiled program needs, in words of four bytes, and how its work is divided.</summary>
/// <param name="Phases">The number of passes over the blocks of a batch; one unless statistics of the whole batch are needed in between.</param>
/// <param name="ScratchWords">Memory of one worker, reused block after block.</param>
/// <param name="BlockWords">Memory of one block that outlives a phase.</param>
/// <param name="SumWords">Memory of one group of blocks in which sums over samples collect; cleared before a step.</param>
/// <param name="ModelWords">Memory that exists once: the number of samples, the loss scales, the losses, batch statistics.</param>
/// <param name="Groups">The most groups the blocks of a batch are divided into; each is worked through in order by one worker, and the groups' sums are added in order, so that the result does not depend on the number of workers.</param>
/// <param name="IsDivided">Whether several workers may share a block: each calls <see cref="CompiledProgram.RunBlock"/> with a part of its own.</param>
/// <param name="SharesModel">Whether several workers may share what is computed once: each calls <see cref="CompiledProgram.Prepare"/> and <see cref="CompiledProgram.FinishPhase"/> with a part of its own.</param>
/// <param name="UnsharedWords">What scratch and block memory would take if no two values shared a place; zero where that is not known.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ProgramLayout(int Phases, int ScratchWords, int BlockWords, int SumWords, int ModelWords, int Groups, bool IsDivided = false, bool SharesModel = false, int UnsharedWords = 0);

/// <summary>
/// One program of a model, as the generator emits it: training, evaluation or prediction. Stateless; all memory is handed in.
/// A batch is divided into blocks of <see cref="Lanes.Count"/> samples, one sample a vector lane.
/// </summary>
/// <remarks>
/// <see cref="Prepare"/> once; then for each phase in order: <see cref="RunBlock"/> for every block (groups of blocks in parallel), then every
/// <see cref="RunItem"/> (in parallel), then <see cref="FinishPhase"/> once.
/// Model memory begins with what the caller sets before a run: word 0 the number of samples, words 1 … L the scale of each
/// of the L losses; words 1 + L … 2·L hold each loss's scaled total after a run.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompiledProgram
{
    /// <summary>The memory and division of work the program expects.</summary>
    public abstract ProgramLayout Layout { get; }

    /// <summary>Computes what depends on parameters and statistics only, before the first block.</summary>
    public virtual void Prepare(in PhaseContext context)
    {
    }

    /// <summary>Runs one phase for one block of samples.</summary>
    public abstract void RunBlock(int phase, in BlockContext context);

    /// <summary>The number of pieces of work over the whole batch at the end of a phase, for so many workers.</summary>
    public virtual int ItemCount(int phase, int workers) => 0;

    /// <summary>Runs one such piece; pieces are independent of each other, and what they compute does not depend on how many there are.</summary>
    public virtual void RunItem(int phase, int item, int workers, in PhaseContext context)
    {
    }

    /// <summary>Adds up the groups' sums and computes what exists once per model.</summary>
    public virtual void FinishPhase(int phase, in PhaseContext context)
    {
    }
}
