namespace ModelGen;

/// <summary>All values the same.</summary>
/// <param name="value">The value.</param>
public sealed class Constant(float value) : Initializer
{
    /// <summary>The value.</summary>
    public float Value { get; } = value;

    /// <inheritdoc/>
    public override void Fill(Parameter parameter, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Values.Fill(Value);
    }
}
