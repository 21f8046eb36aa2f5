namespace ModelGen;

/// <summary>The mean of every channel over all of its places.</summary>
/// <remarks>Shape: (channels, places…) → (channels). Lin, Chen and Yan, "Network In Network", ICLR 2014.</remarks>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
