namespace ModelGen;

/// <summary>Puts the channels or features of a labelled value behind those of the current one.</summary>
/// <remarks>
/// Shape: (channels, places…) and (other channels, places…) → (channels + other channels, places…); the places must be equal. As
/// torch.cat((current, labelled), 1). Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image
/// Segmentation", MICCAI 2015.
/// </remarks>
/// <param name="label">The label of the other value, or in a block <see cref="Block.Input"/>.</param>
public sealed class ConcatAttribute(string label) : LayerAttribute
{
    /// <summary>The label of the other value.</summary>
    public string Label { get; } = label;
}
