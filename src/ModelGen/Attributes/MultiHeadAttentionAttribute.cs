namespace ModelGen;

/// <summary>
/// Attention of several heads, each in its own part of the features: head = softmax(Q·Kᵀ/√d)·V with Q, K and V linear in the input,
/// d = features / heads; the heads beside one another, once more linear.
/// </summary>
/// <remarks>
/// <para>
/// Shape: unchanged, (length, features); heads divides features. Keys and values come from the input itself, or from
/// <see cref="Memory"/>; padded steps of theirs are not looked at.
/// </para>
/// <para>
/// A stream remembers the keys and values of as many steps as a whole sequence has: a step further on attends to itself and the
/// last of those before it.
/// </para>
/// <para>
/// Parameters: <c>in_proj_weight</c> (3·features, features), the rows of Q, K and V one after the other, drawn uniformly from
/// ±√(6 / (4·features)); <c>in_proj_bias</c> (3·features) and <c>out_proj.bias</c> (features), zeros; <c>out_proj.weight</c> (features,
/// features), drawn uniformly from ±1/√features. As torch.nn.MultiheadAttention; Vaswani et al., "Attention Is All You
/// Need", 2017.
/// </para>
/// </remarks>
/// <param name="heads">The number of heads; at least one.</param>
public sealed class MultiHeadAttentionAttribute(int heads) : LayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>Whether a step sees itself and the steps before it only; not with a <see cref="Memory"/>. False unless set.</summary>
    public bool Causal { get; init; }

    /// <summary>The label of the sequence that keys and values come from, of as many features as the input. Unset: the input itself.</summary>
    public string? Memory { get; init; }
}
