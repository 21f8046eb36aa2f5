namespace ModelGen;

/// <summary>In training sets each channel to zero, at all of its places, with the given probability and divides the others by 1 − rate; else does nothing.</summary>
/// <remarks>
/// Shape: (channels, places…), unchanged. Neighbouring places say much the same, so dropping single ones would drop little;
/// what is dropped is a function of (seed, step, layer, sample, channel). As torch.nn.Dropout1d, 2d and 3d; Tompson et al.,
/// "Efficient Object Localization Using Convolutional Networks", 2015.
/// </remarks>
/// <param name="rate">The probability of being dropped, in [0, 1).</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of being dropped.</summary>
    public double Rate { get; } = rate;
}
