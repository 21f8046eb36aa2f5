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
}
