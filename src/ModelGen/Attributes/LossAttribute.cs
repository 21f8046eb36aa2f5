namespace ModelGen;

/// <summary>A loss: ends a chain, says what the labels are, and what a prediction shows.</summary>
/// <remarks>
/// A loss is the mean over all labels of the step that count. After it only From, an input or another loss may follow; the
/// losses of a model are added.
/// </remarks>
public abstract class LossAttribute : LayerAttribute
{
    private protected LossAttribute()
    {
    }

    /// <summary>What the loss is multiplied with before it is added to the others; above zero. One unless set.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The name of the output it judges, such as <c>output</c>. Unset: the value it follows.</summary>
    public string? On { get; init; }
}
