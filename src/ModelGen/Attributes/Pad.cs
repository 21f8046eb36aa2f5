namespace ModelGen;

/// <summary>Values of <c>Padding</c> that are not a number of places.</summary>
public static class Pad
{
    /// <summary>
    /// As many zeros around the input as give an output of ceil(size / stride) places; where their number is odd, the odd
    /// one stands at the end.
    /// </summary>
    public const int Same = -1;

    /// <summary>
    /// All zeros before the input, dilation·(kernel − 1) of them, so that no output place sees an input place after its own; of
    /// one-dimensional convolutions.
    /// </summary>
    /// <remarks>Van den Oord et al., "WaveNet: A Generative Model for Raw Audio", 2016.</remarks>
    public const int Causal = -2;
}
