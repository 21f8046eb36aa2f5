namespace ModelGen;

/// <summary>Names the current value, so that <see cref="FromAttribute"/> and the layers that take two values find it.</summary>
/// <remarks>Computes nothing. A label is seen by what stands after it, inside of a block by the layers of that block only.</remarks>
/// <param name="value">The name, unique in the model or block.</param>
public sealed class LabelAttribute(string value) : LayerAttribute
{
    /// <summary>The name of the value.</summary>
    public string Value { get; } = value;
}
