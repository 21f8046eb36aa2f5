namespace ModelGen;

/// <summary>
/// Looks each step up in a labelled memory: with q a step and mₛ the memory's steps, a = softmaxₛ(score(q, mₛ)), context = Σ aₛ·mₛ,
/// y = tanh(W·[context; q]).
/// </summary>
/// <remarks>
/// <para>
/// Shape: (length, features) → (length, units), (features) → (units). The memory is (steps, its own features); its padded steps
/// are not looked at.
/// </para>
/// <para>
/// Parameters, drawn uniformly from ±1/√columns: <c>output_weight</c> (units, memory features + features); of
/// <see cref="AttentionScore.General"/> <c>score_weight</c> (features, memory features); of <see cref="AttentionScore.Additive"/>
/// <c>query_weight</c> (units, features), <c>memory_weight</c> (units, memory features) and <c>score_weight</c> (units), in this order
/// and before <c>output_weight</c>. Luong, Pham and Manning, "Effective Approaches to Attention-based Neural Machine
/// Translation", 2015.
/// </para>
/// </remarks>
/// <param name="memory">The label of the sequence that is looked up.</param>
public sealed class AttentionAttribute(string memory) : LayerAttribute
{
    /// <summary>The label of the sequence that is looked up.</summary>
    public string Memory { get; } = memory;

    /// <summary>How a query and a step of the memory are compared; <see cref="AttentionScore.General"/> unless set.</summary>
    public AttentionScore Score { get; init; }

    /// <summary>The numbers it gives. Zero unless set: as many as a query has.</summary>
    public int Units { get; init; }
}
