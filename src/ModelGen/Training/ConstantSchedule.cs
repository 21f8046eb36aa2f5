namespace ModelGen;

/// <summary>The same factor at every step.</summary>
/// <param name="factor">The factor; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is not a positive number.</exception>
public sealed class ConstantSchedule(float factor = 1) : Schedule
{
    /// <summary>The factor.</summary>
    public float Factor { get; } = Setting.Positive(factor, nameof(factor));

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0) => Factor;
}
