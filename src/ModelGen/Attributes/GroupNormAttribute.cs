namespace ModelGen;

/// <summary>Normalises each group of channels of each sample by itself: y = weight·(x − mean)/√(variance + epsilon) + bias.</summary>
/// <remarks>
/// Shape: (channels, places…) or (features), unchanged. Mean and (biased) variance are taken over the channels of a group and all
/// their places. Parameters: <c>weight</c> (ones) and <c>bias</c> (zeros), one for each channel. Does not depend on the batch, so
/// training with few samples is no worse. As torch.nn.GroupNorm; Wu and He, "Group Normalization", 2018.
/// </remarks>
/// <param name="groups">How many parts the channels are divided into; divides them.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>How many parts the channels are divided into.</summary>
    public int Groups { get; } = groups;

    /// <summary>What keeps the divisor from zero; above zero. 1e-5 unless set.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
