namespace ModelGen;

/// <summary>
/// Random values whose spread follows from the number of inputs and outputs of the layer. It concerns weights, which have
/// two extents or more; biases and the scales of normalisations keep their values.
/// </summary>
public abstract class FanInitializer : Initializer
{
    private protected FanInitializer()
    {
    }

    /// <summary>Whether the parameter has two extents or more.</summary>
    /// <param name="parameter">A trained parameter.</param>
    public override bool AppliesTo(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Shape.Length >= 2;
    }

    /// <inheritdoc/>
    public override void Fill(Parameter parameter, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(random);
        var deviation = StandardDeviation(parameter);
        foreach (ref var value in parameter.Values)
        {
            value = (float)(deviation * Draw(random));
        }
    }

    /// <summary>The standard deviation of the values.</summary>
    private protected abstract double StandardDeviation(Parameter parameter);

    /// <summary>A number of mean zero and variance one.</summary>
    private protected abstract double Draw(SeededRandom random);

    private protected static double DrawNormal(SeededRandom random) => random.NextGaussian();

    /// <summary>Uniform in ±√3.</summary>
    private protected static double DrawUniform(SeededRandom random) => Math.Sqrt(3) * ((2 * random.NextDouble()) - 1);

    /// <summary>√(2 / ((1 + slope²)·fan)).</summary>
    private protected static double KaimingDeviation(Parameter parameter, float slope, FanMode mode)
    {
        var fan = mode == FanMode.FanIn ? parameter.FanIn : parameter.FanOut;
        return Math.Sqrt(2 / ((1 + ((double)slope * slope)) * Math.Max(fan, 1)));
    }

    /// <summary>gain·√(2 / (fan-in + fan-out)).</summary>
    private protected static double XavierDeviation(Parameter parameter, float gain) =>
        gain * Math.Sqrt(2.0 / Math.Max(parameter.FanIn + parameter.FanOut, 1));
}
