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

    /// <summary>
    /// Whether samples may be shorter: what takes the input then also takes an <see cref="int"/> span of lengths, one for each sample
    /// and from one to <see cref="Length"/>, named after the input as in <c>inputLengths</c>. False unless set.
    /// </summary>
    /// <remarks>
    /// The steps beyond a sample's length are padding: they are read as zeros, whatever stands there, no recurrent layer, attention,
    /// mean or loss takes notice of them, and what a prediction shows there means nothing.
    /// </remarks>
    public bool Lengths { get; init; }
}
