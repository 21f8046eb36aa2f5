namespace ModelGen.Generator.Specs;

/// <summary>What a block attribute stands for: the layers its class is annotated with, as they are written there.</summary>
internal sealed record BlockSpec(EquatableArray<LayerSpec> Layers)
{
    /// <summary>The most layers of a model with all its blocks written out.</summary>
    public const int MostLayers = 2000;

    /// <summary>The way back to the block itself, such as <c>A → B → A</c>, or null; then there are no layers.</summary>
    public string? Cycle { get; init; }

    /// <summary>Whether it would be more than <see cref="MostLayers"/>; then there are no layers.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Whether its layers stand on several partial declarations, between which there is no order.</summary>
    public bool IsSpread { get; init; }
}
