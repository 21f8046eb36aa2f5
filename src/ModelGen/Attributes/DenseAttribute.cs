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
}
