namespace ModelGen;

/// <summary>Makes a labelled value the current one: the layers after it take that.</summary>
/// <remarks>What was current before must be taken by its label, judged by a loss or declared an <see cref="OutputAttribute"/>.</remarks>
/// <param name="value">The label of a value before, or in a block <see cref="Block.Input"/>.</param>
public sealed class FromAttribute(string value) : LayerAttribute
{
    /// <summary>The label of the value.</summary>
    public string Value { get; } = value;
}
