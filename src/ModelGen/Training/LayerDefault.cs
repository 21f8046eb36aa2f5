namespace ModelGen;

/// <summary>
/// What each layer starts with by itself, as in PyTorch: uniform in ±1/√fan-in for weights and biases of dense and
/// convolutional layers, one and zero for the scale and shift of normalisations.
/// </summary>
public sealed class LayerDefault : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(random);
        parameter.Initialize(random);
    }
}
