namespace ModelGen;

/// <summary>Learned vectors for tokens: y[t] = row xₜ of a table.</summary>
/// <remarks>
/// Shape: tokens (length) → (length, size). Parameter: <c>weight</c> (vocabulary, size), drawn from the normal distribution of
/// mean zero and variance one. Padded steps are zero. As torch.nn.Embedding; Bengio et al., "A Neural Probabilistic Language
/// Model", 2003.
/// </remarks>
/// <param name="size">The numbers of each vector; at least one.</param>
public sealed class EmbeddingAttribute(int size) : LayerAttribute
{
    /// <summary>The numbers of each vector.</summary>
    public int Size { get; } = size;
}
