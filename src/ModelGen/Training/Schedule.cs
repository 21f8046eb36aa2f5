namespace ModelGen;

/// <summary>
/// How the learning rate changes from step to step: a factor of <see cref="Optimizer.LearningRate"/>. A schedule never
/// changes and may be shared.
/// </summary>
/// <remarks>
/// Everything is counted in steps, that is updates: an epoch of n samples has ⌈n / batch⌉ of them. Schedules that need the
/// length of the training take it from <c>Fit</c> unless they are given one.
/// </remarks>
public abstract class Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The factor for a step.</summary>
    /// <param name="step">The number of steps made before; zero for the first.</param>
    /// <param name="plannedSteps">The steps of the whole training, or zero when unknown.</param>
    /// <returns>What the learning rate is multiplied with; zero or positive.</returns>
    /// <exception cref="InvalidOperationException">The schedule needs the length of the training, and was not given one.</exception>
    public abstract float At(long step, long plannedSteps = 0);

    private protected long Length(long? own, long plannedSteps) =>
        own ?? (plannedSteps > 0
            ? plannedSteps
            : throw new InvalidOperationException(
                $"{GetType().Name} has no length: it takes that of the training from Fit. Give it a number of steps, or set the trainer's PlannedSteps."));
}
