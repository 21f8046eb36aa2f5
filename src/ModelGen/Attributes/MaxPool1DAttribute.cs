namespace ModelGen;

/// <summary>The largest number in every window of a signal.</summary>
/// <remarks>Shape: (channels, length) → (channels, places). Padding never wins; of equals the first counts in the backward pass. As torch.nn.MaxPool1d.</remarks>
/// <param name="size">The length of the window; at least one.</param>
public sealed class MaxPool1DAttribute(int size) : PoolingAttribute
{
    /// <summary>The length of the window.</summary>
    public int Size { get; } = size;
}
