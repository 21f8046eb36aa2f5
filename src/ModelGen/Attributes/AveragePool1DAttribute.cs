namespace ModelGen;

/// <summary>The mean of every window of a signal.</summary>
/// <remarks>Shape: (channels, length) → (channels, places). Padding counts as zeros, and is counted. As torch.nn.AvgPool1d.</remarks>
/// <param name="size">The length of the window; at least one.</param>
public sealed class AveragePool1DAttribute(int size) : PoolingAttribute
{
    /// <summary>The length of the window.</summary>
    public int Size { get; } = size;
}
