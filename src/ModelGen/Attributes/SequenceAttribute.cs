namespace ModelGen;

/// <summary>An input of numbers over time.</summary>
/// <remarks>Shape of one sample: (length, features), each step's features beside one another.</remarks>
/// <param name="length">The number of steps; at least one.</param>
/// <param name="features">The numbers of each step; at least one.</param>
public sealed class SequenceAttribute(int length, int features) : LayerAttribute
{
    /// <summary>The number of steps.</summary>
    public int Length { get; } = length;

    /// <summary>The numbers of each step.</summary>
    public int Features { get; } = features;
}
