namespace ModelGen;

/// <summary>Multiplies by a factor again and again after a number of steps, as PyTorch's <c>StepLR</c>: factor^⌊step / every⌋.</summary>
/// <param name="every">The number of steps between two changes; positive.</param>
/// <param name="factor">The factor; positive, 0.1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is not positive.</exception>
public sealed class StepSchedule(long every, float factor = 0.1f) : Schedule
{
    /// <summary>The number of steps between two changes.</summary>
    public long Every { get; } = Setting.Positive(every, nameof(every));

    /// <summary>The factor.</summary>
    public float Factor { get; } = Setting.Positive(factor, nameof(factor));

    /// <inheritdoc/>
    public override float At(long step, long plannedSteps = 0) => (float)Math.Pow(Setting.AsWritten(Factor), step / Every);
}
