namespace ModelGen;

/// <summary>Multiplies by a factor at every step, as PyTorch's <c>ExponentialLR</c>: factor^step.</summary>
/// <param name="factor">The factor; positive, such as 0.999.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is not a positive number.</exception>
public sealed class ExponentialSchedule(float factor) : Schedule
{
    /// <summary>The factor.</summary>
    public float Factor { get; } = Setting.Positive(factor, nameof(factor));

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0) => (float)Math.Pow(Setting.AsWritten(Factor), step);
}
