namespace ModelGen;

/// <summary>A fully connected layer: y = W·x + b.</summary>
/// <remarks>
/// Shape: (features) → (units); on a sequence at every step alike, (length, features) → (length, units). An image needs
/// <see cref="FlattenAttribute"/> before it. Parameters: <c>weight</c> (units, features), <c>bias</c> (units), both drawn
/// uniformly from ±1/√features. As torch.nn.Linear.
/// </remarks>
/// <param name="units">The numbers it gives; at least one.</param>
public sealed class DenseAttribute(int units) : LayerAttribute
{
    /// <summary>The numbers it gives.</summary>
    public int Units { get; } = units;

    /// <summary>Whether b is added; true unless set.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>
    /// The label of an <see cref="EmbeddingAttribute"/> with a token for each unit and as many numbers as there are features: its
    /// table is the weights, and learns from both. Unset: weights of its own.
    /// </summary>
    /// <remarks>Press and Wolf, "Using the Output Embedding to Improve Language Models", 2017.</remarks>
    /// <example><code>[Tokens(64, Vocabulary = 65), Embedding(128), Label("tokens"), LSTM(128), Dense(65, Tied = "tokens"), SoftmaxCrossEntropy]</code></example>
    public string? Tied { get; init; }
}
