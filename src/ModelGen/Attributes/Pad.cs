namespace ModelGen;

/// <summary>Values of <c>Padding</c> that are not a number of places.</summary>
public static class Pad
{
    /// <summary>
    /// As many zeros around the input as give an output of ceil(size / stride) places; where their number is odd, the odd
    /// one stands at the end.
    /// </summary>
    public const int Same = -1;
}
