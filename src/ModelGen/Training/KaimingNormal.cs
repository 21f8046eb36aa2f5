namespace ModelGen;

/// <summary>
/// Normal with standard deviation √(2 / ((1 + slope²)·fan)), as PyTorch's <c>kaiming_normal_</c>. For networks of ReLU or LeakyReLU.
/// Biases and the scales of normalisations keep their values.
/// </summary>
/// <remarks>He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.</remarks>
/// <param name="slope">The slope of LeakyReLU for negative numbers; 0, the default, for ReLU.</param>
/// <param name="mode">The fan that is meant; fan-in by default.</param>
public sealed class KaimingNormal(float slope = 0, FanMode mode = FanMode.FanIn) : FanInitializer
{
    /// <summary>The slope of LeakyReLU for negative numbers; 0 for ReLU.</summary>
    public float Slope { get; } = slope;

    /// <summary>The fan that is meant.</summary>
    public FanMode Mode { get; } = mode;

    private protected override double StandardDeviation(Parameter parameter) => KaimingDeviation(parameter, Slope, Mode);

    private protected override double Draw(SeededRandom random) => DrawNormal(random);
}
