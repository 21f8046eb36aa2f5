namespace ModelGen;

/// <summary>
/// Rises from a small factor to one and falls to almost nothing, each along half a cosine, as PyTorch's
/// <c>OneCycleLR</c> with the optimizer's learning rate as its greatest; the momentum is left as it is.
/// </summary>
/// <remarks>Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.</remarks>
/// <param name="steps">The number of steps of the cycle, at least 2, or null for those of the training.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is below 2.</exception>
public sealed class OneCycleSchedule(long? steps = null) : Schedule
{
    /// <summary>The number of steps of the cycle, or null for those of the training.</summary>
    public long? Steps { get; } = steps is { } number ? Setting.AtLeast(number, 2, nameof(steps)) : null;

    /// <summary>The share of the steps in which the factor rises; from 0 to below 1, 0.3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Rise
    {
        get;
        init => field = Setting.Fraction(value);
    } = 0.3f;

    /// <summary>One over the first factor; positive, 25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float InitialDivisor
    {
        get;
        init => field = Setting.Positive(value);
    } = 25;

    /// <summary>The first factor over the last; positive, 10,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float FinalDivisor
    {
        get;
        init => field = Setting.Positive(value);
    } = 10_000;

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0)
    {
        var last = Length(Steps, plannedSteps) - 1.0;
        var peak = (Setting.AsWritten(Rise) * (last + 1)) - 1;
        var first = 1 / (double)InitialDivisor;
        if (step < peak)
        {
            return (float)Anneal(first, 1, step / peak);
        }

        // A cycle of which no step rises begins at its peak.
        peak = Math.Max(peak, 0);
        var progress = last > peak ? Math.Min(1, (step - peak) / (last - peak)) : 1;
        return (float)Anneal(1, first / FinalDivisor, progress);
    }

    private static double Anneal(double from, double to, double progress) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * progress)));
}
