namespace ModelGen;

/// <summary>
/// A loss or a gradient became infinite or not a number. The parameters, statistics and moments are those of before the step.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string quantity, float value, long step)
        : base($"Training diverged in step {step}: {quantity} is {value}. The parameters are those of before the step; " +
            "a smaller learning rate, ClipNorm, or inputs of about unit variance usually help.")
    {
        Quantity = quantity;
        Value = value;
        Step = step;
    }

    /// <summary>What is not finite: a loss, or the gradient of a parameter.</summary>
    public string Quantity { get; }

    /// <summary>The first such value: infinite or not a number.</summary>
    public float Value { get; }

    /// <summary>The step, counted from 1.</summary>
    public long Step { get; }
}
