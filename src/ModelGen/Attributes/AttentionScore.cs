namespace ModelGen;

/// <summary>How <see cref="AttentionAttribute">Attention</see> measures how well a query q fits a step m of the memory.</summary>
public enum AttentionScore
{
    /// <summary>qᵀ·W·m. Luong, Pham and Manning, "Effective Approaches to Attention-based Neural Machine Translation", 2015.</summary>
    General,

    /// <summary>qᵀ·m, without a scale; needs queries and memory of the same size. Luong, Pham and Manning, 2015.</summary>
    Dot,

    /// <summary>vᵀ·tanh(W_q·q + W_m·m). Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and Translate", 2015.</summary>
    Additive,
}
