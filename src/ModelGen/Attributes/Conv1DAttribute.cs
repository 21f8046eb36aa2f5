namespace ModelGen;

/// <summary>Convolution of a signal: y[o, p] = b[o] + Σ over i, k of w[o, i, k]·x[i, p·stride + k·dilation − padding].</summary>
/// <remarks>
/// Shape: (channels, length) → (filters, places). A sequence (length, features) needs <c>Permute(1, 0)</c> before it.
/// With <c>Padding = Pad.Causal</c> places never see later ones, and with a growing <c>Dilation</c> they see far back.
/// Parameters: <c>weight</c> (filters, channels / groups, kernel), <c>bias</c> (filters), both drawn uniformly from ±1/√fan-in with
/// fan-in = channels / groups · kernel. As torch.nn.Conv1d; Waibel et al., "Phoneme Recognition Using Time-Delay Neural
/// Networks", 1989.
/// </remarks>
/// <param name="filters">The channels it gives; at least one.</param>
/// <param name="kernel">The taps of the kernel; at least one.</param>
public sealed class Conv1DAttribute(int filters, int kernel) : ConvolutionAttribute
{
    /// <summary>The channels it gives.</summary>
    public int Filters { get; } = filters;

    /// <summary>The taps of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>How many parts the channels are divided into, each convolved by its own share of the filters; divides both. One unless set.</summary>
    public int Groups { get; init; } = 1;
}
