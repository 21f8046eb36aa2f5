namespace ModelGen;

/// <summary>Adds a labelled value to the current one: y = current + labelled, the shortcut of a residual network.</summary>
/// <remarks>
/// Shape: both the same, which is that of the result. With <see cref="Project"/> the labelled one may have other channels and a
/// larger space. Parameters where it is projected: <c>projection.weight</c> (channels, labelled channels, 1…), as a
/// convolution's without bias, then <c>batch_norm.weight</c> and <c>batch_norm.bias</c> (channels) with the running statistics of
/// <see cref="BatchNormAttribute"/>. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016.
/// </remarks>
/// <param name="label">The label of the other value, or in a block <see cref="Block.Input"/>.</param>
public sealed class AddAttribute(string label) : LayerAttribute
{
    /// <summary>The label of the other value.</summary>
    public string Label { get; } = label;

    /// <summary>
    /// Whether a labelled value of another shape is projected first: by a convolution of one tap at the stride that fits, and
    /// batch normalisation (option B of the paper). Nothing is added where the shapes are equal. False unless set.
    /// </summary>
    public bool Project { get; init; }
}
