namespace ModelGen;

/// <summary>The largest number of every channel over all of its places.</summary>
/// <remarks>Shape: (channels, places…) → (channels). Of equals the first counts in the backward pass.</remarks>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
