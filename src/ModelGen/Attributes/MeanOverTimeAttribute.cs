namespace ModelGen;

/// <summary>The mean of every feature over the steps of a sequence: over each sample's own steps, where the input comes with lengths.</summary>
/// <remarks>Shape: (length, features) → (features).</remarks>
public sealed class MeanOverTimeAttribute : LayerAttribute;
