namespace ModelGen;

/// <summary>Makes the current value an output of the model, beside the end of the chain; layers may follow.</summary>
/// <remarks>A loss that follows at once, or one with <see cref="LossAttribute.On"/>, judges it and says what a prediction shows.</remarks>
/// <param name="value">The name, which becomes an argument of the predictor: letters, digits and underscores.</param>
public sealed class OutputAttribute(string value) : LayerAttribute
{
    /// <summary>The name of the output.</summary>
    public string Value { get; } = value;
}
