namespace ModelGen;

/// <summary>The function of a <see cref="SimpleRNNAttribute">SimpleRNN</see>'s units.</summary>
public enum RecurrentActivation
{
    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    ReLU,
}
