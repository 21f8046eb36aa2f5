using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>How work over the whole batch is divided among workers, by its outputs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Pieces
{
    // With one each, all would wait for the one that was interrupted; and each piece reads all inputs, so that many cost more.
    private const int ForEachWorker = 2;

    /// <summary>The number of pieces.</summary>
    /// <param name="most">The pieces that the work is worth, at least one.</param>
    /// <param name="workers">The workers that share it.</param>
    public static int Count(int most, int workers) => workers == 1 ? 1 : Math.Min(most, ForEachWorker * workers);

    /// <summary>The first output of a piece, where the one before ends.</summary>
    /// <param name="piece">The piece, from 0 to <paramref name="pieces"/>: the end of the last.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="tile">The outputs that stay together.</param>
    public static int First(int piece, int pieces, int outputs, int tile) =>
        Math.Min(outputs, (outputs + tile - 1) / tile * piece / pieces * tile);
}
