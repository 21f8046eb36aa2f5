namespace ModelGen;

/// <summary>The axes in another order: axis i of the result is axis <c>axes[i]</c> of the input.</summary>
/// <remarks>
/// Each axis keeps its meaning, but for the two of a matrix: <c>Permute(1, 0)</c> makes a sequence (length, features) a
/// signal (channels, length), as <see cref="Conv1DAttribute"/> takes it, and back.
/// </remarks>
/// <param name="axes">A permutation of 0 … rank − 1; samples are not counted.</param>
public sealed class PermuteAttribute(params int[] axes) : LayerAttribute
{
    /// <summary>Which axis of the input each axis of the result is.</summary>
    public int[] Axes { get; } = axes;
}
