namespace ModelGen;

/// <summary>
/// Falls from one to a last factor along half a cosine, as PyTorch's <c>CosineAnnealingLR</c>:
/// final + (1 − final)·(1 + cos(π·step / steps)) / 2; after that it stays at the last factor.
/// </summary>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
/// <param name="steps">The number of steps until the last factor, or null for those of the training.</param>
/// <param name="final">The last factor; zero, the default, or positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive, or the factor negative.</exception>
public sealed class CosineSchedule(long? steps = null, float final = 0) : Schedule
{
    /// <summary>The number of steps until the last factor, or null for those of the training.</summary>
    public long? Steps { get; } = steps is { } number ? Setting.Positive(number, nameof(steps)) : null;

    /// <summary>The last factor.</summary>
    public float Final { get; } = Setting.NotNegative(final, nameof(final));

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0)
    {
        var progress = Math.Min(1, step / (double)Length(Steps, plannedSteps));
        return (float)(Final + ((1.0 - Final) * (1 + Math.Cos(Math.PI * progress)) / 2));
    }
}
