namespace ModelGen;

/// <summary>Transposed convolution of a signal: y[o, p] = b[o] + Σ over i, q, k with p = q·stride + k·dilation − padding of w[i, o, k]·x[i, q].</summary>
/// <remarks>
/// Shape: (channels, length) → (filters, places). Parameters: <c>weight</c> (channels, filters / groups, kernel), <c>bias</c> (filters),
/// both drawn uniformly from ±1/√fan-in with fan-in = filters / groups · kernel. As torch.nn.ConvTranspose1d.
/// </remarks>
/// <param name="filters">The channels it gives; at least one.</param>
/// <param name="kernel">The taps of the kernel; at least one.</param>
public sealed class ConvTranspose1DAttribute(int filters, int kernel) : TransposedConvolutionAttribute
{
    /// <summary>The channels it gives.</summary>
    public int Filters { get; } = filters;

    /// <summary>The taps of the kernel.</summary>
    public int Kernel { get; } = kernel;
}
