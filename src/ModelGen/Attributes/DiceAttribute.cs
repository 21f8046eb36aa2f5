namespace ModelGen;

/// <summary>
/// The loss of overlap, for masks of which little is set: with p = σ(x), 1 − (2·Σ p·t + Smooth)/(Σ p + Σ t + Smooth), the sums
/// over all elements of a sample.
/// </summary>
/// <remarks>
/// Takes scores (logits), not probabilities. Targets: <see cref="float"/> t in [0, 1], of the value's shape. The mean is over
/// the samples, each of which has one loss in [0, 1). Predictions show σ(x). Milletari et al., "V-Net", 2016, with sums in the
/// denominator in place of their sums of squares.
/// </remarks>
public sealed class DiceAttribute : LossAttribute
{
    /// <summary>What is added above and below, so that a sample without any target has a loss and a slope; above zero. One unless set.</summary>
    public double Smooth { get; init; } = 1;
}
