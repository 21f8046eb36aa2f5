namespace ModelGen;

/// <summary>An input of token ids over time: characters, words, categories.</summary>
/// <remarks>Shape of one sample: (length), each an <see cref="int"/> from zero to <see cref="Vocabulary"/> − 1.</remarks>
/// <param name="length">The number of tokens; at least one.</param>
public sealed class TokensAttribute(int length) : LayerAttribute
{
    /// <summary>The number of tokens.</summary>
    public int Length { get; } = length;

    /// <summary>The number of different ids; must be set, to at least one.</summary>
    public int Vocabulary { get; init; }

    /// <summary>
    /// Whether samples may be shorter: what takes the input then also takes an <see cref="int"/> span of lengths, one for each sample
    /// and from one to <see cref="Length"/>, named after the input as in <c>inputLengths</c>. False unless set.
    /// </summary>
    /// <remarks>
    /// The steps beyond a sample's length are padding: any id may stand there, an embedding gives zeros, no recurrent layer, attention,
    /// mean or loss takes notice of them, and what a prediction shows there means nothing.
    /// </remarks>
    public bool Lengths { get; init; }
}
