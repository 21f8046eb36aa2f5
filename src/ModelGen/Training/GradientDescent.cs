namespace ModelGen;

/// <summary>
/// Plain gradient descent: p ← p − lr·g. In <c>Fit</c> the gradient is that of the whole training set, and an epoch is
/// one update; in a trainer's <c>Step</c> it is that of the batch handed in.
/// </summary>
/// <param name="learningRate">The step width; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is not a positive number.</exception>
public sealed class GradientDescent(float learningRate) : Optimizer(learningRate)
{
    /// <summary>A share of each parameter added to its gradient; zero or positive, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public float WeightDecay
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    internal override string[] MomentNames => [];

    internal override bool UsesWholeTrainingSet => true;

    internal override void Update(in OptimizerStep step) => Sgd.Descend(step, GradientLimit, WeightDecay);
}
