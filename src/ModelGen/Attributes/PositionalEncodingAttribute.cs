namespace ModelGen;

/// <summary>Adds to each step a vector that tells its place: sin(t / 10000^(i / features)) at even features i, cos(t / 10000^((i − 1) / features)) at odd ones.</summary>
/// <remarks>
/// Shape: unchanged, (length, features). t counts from zero; in a stream that is longer than a whole sequence it begins again. Vaswani
/// et al., "Attention Is All You Need", 2017.
/// </remarks>
public sealed class PositionalEncodingAttribute : LayerAttribute
{
    /// <summary>Whether the vectors are learned instead. False unless set.</summary>
    /// <remarks>
    /// Parameter: <c>weight</c> (length, features), drawn from the normal distribution of mean zero and variance one. Gehring et al.,
    /// "Convolutional Sequence to Sequence Learning", 2017.
    /// </remarks>
    public bool Learned { get; init; }
}
