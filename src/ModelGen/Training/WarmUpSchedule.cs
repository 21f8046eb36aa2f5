namespace ModelGen;

/// <summary>
/// Rises from a small factor to one in equal steps, as PyTorch's <c>LinearLR</c>, then follows another schedule, which
/// begins at its own step zero and has what is left of the training.
/// </summary>
/// <remarks>Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017.</remarks>
/// <param name="steps">The number of steps until the factor is one; positive.</param>
/// <param name="then">What follows, or null for a constant learning rate.</param>
/// <param name="initial">The first factor; zero or positive, 0.01 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive, or the factor negative.</exception>
public sealed class WarmUpSchedule(long steps, Schedule? then = null, float initial = 0.01f) : Schedule
{
    /// <summary>The number of steps until the factor is one.</summary>
    public long Steps { get; } = Setting.Positive(steps, nameof(steps));

    /// <summary>What follows, or null for a constant learning rate.</summary>
    public Schedule? Then { get; } = then;

    /// <summary>The first factor.</summary>
    public float Initial { get; } = Setting.NotNegative(initial, nameof(initial));

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0)
    {
        if (step < Steps)
        {
            return (float)(Initial + ((1.0 - Initial) * step / Steps));
        }

        // A training planned shorter than its warm-up leaves one step, so that what follows has a length.
        var left = plannedSteps == 0 ? 0 : Math.Max(1, plannedSteps - Steps);
        return Then?.At(step - Steps, left) ?? 1;
    }
}
