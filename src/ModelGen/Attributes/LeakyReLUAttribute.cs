namespace ModelGen;

/// <summary>A rectifier that lets a little through: y = x where x &gt; 0, else slope·x.</summary>
/// <remarks>Shape: unchanged. Maas, Hannun and Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013.</remarks>
/// <param name="slope">The slope below zero and at it.</param>
public sealed class LeakyReLUAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>The slope below zero and at it.</summary>
    public double Slope { get; } = slope;
}
