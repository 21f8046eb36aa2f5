using System.ComponentModel;

namespace ModelGen.CompilerServices;

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

    /// <summary>Packs the weights and computes what else depends on parameters and statistics only.</summary>
    /// <param name="parameters">The first word of the parameter arena.</param>
    /// <param name="prepared">The first word of <see cref="PreparedWords"/> words, zero where nothing was written before; 64-byte aligned.</param>
    public abstract void Prepare(ref float parameters, ref float prepared);
}
