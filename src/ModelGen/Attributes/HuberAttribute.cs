namespace ModelGen;

/// <summary>A loss that outliers hardly sway: with d = x − t, d²/2 where |d| ≤ delta, else delta·(|d| − delta/2); the mean over all elements.</summary>
/// <remarks>Targets: <see cref="float"/>, of the value's shape. Predictions show x. As torch.nn.HuberLoss; Huber, 1964.</remarks>
/// <param name="delta">Where the parabola passes into a line; above zero.</param>
public sealed class HuberAttribute(double delta = 1) : LossAttribute
{
    /// <summary>Where the parabola passes into a line.</summary>
    public double Delta { get; } = delta;
}
