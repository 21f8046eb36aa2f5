namespace ModelGen;

/// <summary>
/// Normal with standard deviation gain·√(2 / (fan-in + fan-out)), as PyTorch's <c>xavier_normal_</c>. For networks of
/// tanh or sigmoid. Biases and the scales of normalisations keep their values.
/// </summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</remarks>
/// <param name="gain">What the values are multiplied with; 1 by default, 5/3 is usual for tanh.</param>
public sealed class XavierNormal(float gain = 1) : FanInitializer
{
    /// <summary>What the values are multiplied with.</summary>
    public float Gain { get; } = gain;

    private protected override double StandardDeviation(Parameter parameter) => XavierDeviation(parameter, Gain);

    private protected override double Draw(SeededRandom random) => DrawNormal(random);
}
