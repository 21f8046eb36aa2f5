using System.Numerics;

namespace ModelGen;

/// <summary>
/// RMSprop, as PyTorch's <c>RMSprop</c>: v ← α·v + (1 − α)·g², p ← p − lr·g / (√v + ε).
/// </summary>
/// <remarks>
/// Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012; the centered form from Graves, "Generating sequences with
/// recurrent neural networks", 2013.
/// </remarks>
/// <param name="learningRate">The step width; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is not a positive number.</exception>
public sealed class RmsProp(float learningRate = 0.01f) : Optimizer(learningRate)
{
    private static readonly string[] s_moments = ["square"];
    private static readonly string[] s_momentsWithMomentum = ["square", "direction"];
    private static readonly string[] s_momentsCentered = ["square", "mean"];
    private static readonly string[] s_momentsWithBoth = ["square", "direction", "mean"];

    /// <summary>α, the share of the running mean of squares that is kept; from 0 to below 1, 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Alpha
    {
        get;
        init => field = Setting.Fraction(value);
    } = 0.99f;

    /// <summary>ε, added to the root; at least 1e-30, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is too small.</exception>
    public float Epsilon
    {
        get;
        init => field = Setting.Epsilon(value);
    } = 1e-8f;

    /// <summary>μ of b ← μ·b + g / (√v + ε), p ← p − lr·b; from 0, the default, to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Momentum
    {
        get;
        init => field = Setting.Fraction(value);
    }

    /// <summary>Whether to divide by an estimate of the standard deviation, √(v − m²), in place of √v.</summary>
    public bool Centered { get; init; }

    /// <summary>A share of each parameter added to its gradient; zero or positive, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public float WeightDecay
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    internal override string[] MomentNames => (Momentum != 0, Centered) switch
    {
        (false, false) => s_moments,
        (true, false) => s_momentsWithMomentum,
        (false, true) => s_momentsCentered,
        (true, true) => s_momentsWithBoth,
    };

    internal override void Update(in OptimizerStep step)
    {
        ref var parameters = ref step.FirstParameter;
        ref var gradients = ref step.FirstGradient;
        ref var squares = ref step.FirstMoment(0);

        // Arenas that are not in use stand in as the first one and are not touched.
        var hasMomentum = Momentum != 0;
        var centered = Centered;
        ref var directions = ref step.FirstMoment(hasMomentum ? 1 : 0);
        ref var means = ref step.FirstMoment(centered ? MomentArenas - 1 : 0);
        var rate = new Vector<float>((float)step.LearningRate);
        var limit = new Vector<float>(GradientLimit);
        var scale = new Vector<float>(step.GradientScale);
        var decay = new Vector<float>(WeightDecay * step.WeightDecayScale);
        var alpha = new Vector<float>(Alpha);
        var share = new Vector<float>((float)(1 - Setting.AsWritten(Alpha)));
        var epsilon = new Vector<float>(Epsilon);
        var momentum = new Vector<float>(Momentum);
        for (nuint i = 0; i < (nuint)step.Length; i += (nuint)Vector<float>.Count)
        {
            var parameter = Vector.LoadUnsafe(ref parameters, i);
            var gradient = Load(ref gradients, i, limit, scale, parameter, decay);
            var square = OptimizerStep.FlushSquare((alpha * Vector.LoadUnsafe(ref squares, i)) + (share * gradient * gradient));
            square.StoreUnsafe(ref squares, i);
            if (centered)
            {
                var mean = OptimizerStep.Flush((alpha * Vector.LoadUnsafe(ref means, i)) + (share * gradient));
                mean.StoreUnsafe(ref means, i);

                // Rounding can take a variance of nothing below zero.
                square = Vector.Max(square - (mean * mean), Vector<float>.Zero);
            }

            var direction = gradient / (Vector.SquareRoot(square) + epsilon);
            if (hasMomentum)
            {
                direction = OptimizerStep.Flush((momentum * Vector.LoadUnsafe(ref directions, i)) + direction);
                direction.StoreUnsafe(ref directions, i);
            }

            (parameter - (rate * direction)).StoreUnsafe(ref parameters, i);
        }
    }
}
