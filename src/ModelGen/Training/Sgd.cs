using System.Numerics;

namespace ModelGen;

/// <summary>
/// Stochastic gradient descent with momentum, as PyTorch's <c>SGD</c>: b ← μ·b + (1 − d)·g, p ← p − lr·b; the first
/// update takes b = g.
/// </summary>
/// <remarks>
/// Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Nesterov's form as in Sutskever et
/// al., "On the importance of initialization and momentum in deep learning", 2013.
/// </remarks>
/// <param name="learningRate">The step width; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is not a positive number.</exception>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_moments = ["direction"];

    /// <summary>μ, the share of the last direction that is kept; from 0, the default, to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Momentum
    {
        get;
        init => field = Setting.Fraction(value);
    }

    /// <summary>d, the share of a gradient that does not enter the direction; from 0, the default, to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Dampening
    {
        get;
        init => field = Setting.Fraction(value);
    }

    /// <summary>Whether to step along g + μ·b, the direction a step ahead. PyTorch allows it without dampening only; here it is as the formula says.</summary>
    public bool Nesterov { get; init; }

    /// <summary>A share of each parameter added to its gradient; zero or positive, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public float WeightDecay
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    internal override string[] MomentNames => Momentum == 0 ? [] : s_moments;

    internal override void Update(in OptimizerStep step)
    {
        if (Momentum == 0)
        {
            Descend(step, GradientLimit, WeightDecay);
            return;
        }

        ref var parameters = ref step.FirstParameter;
        ref var gradients = ref step.FirstGradient;
        ref var directions = ref step.FirstMoment(0);
        var rate = new Vector<float>((float)step.LearningRate);
        var limit = new Vector<float>(GradientLimit);
        var scale = new Vector<float>(step.GradientScale);
        var decay = new Vector<float>(WeightDecay * step.WeightDecayScale);
        var momentum = new Vector<float>(Momentum);
        var share = new Vector<float>(step.Updates == 1 ? 1 : (float)(1 - Setting.AsWritten(Dampening)));
        var nesterov = Nesterov;
        for (nuint i = 0; i < (nuint)step.Length; i += (nuint)Vector<float>.Count)
        {
            var parameter = Vector.LoadUnsafe(ref parameters, i);
            var gradient = Load(ref gradients, i, limit, scale, parameter, decay);
            var direction = OptimizerStep.Flush((momentum * Vector.LoadUnsafe(ref directions, i)) + (share * gradient));
            direction.StoreUnsafe(ref directions, i);
            if (nesterov)
            {
                direction = gradient + (momentum * direction);
            }

            (parameter - (rate * direction)).StoreUnsafe(ref parameters, i);
        }
    }

    /// <summary>p ← p − lr·(g + decay·p).</summary>
    internal static void Descend(in OptimizerStep step, float gradientLimit, float weightDecay)
    {
        ref var parameters = ref step.FirstParameter;
        ref var gradients = ref step.FirstGradient;
        var rate = new Vector<float>((float)step.LearningRate);
        var limit = new Vector<float>(gradientLimit);
        var scale = new Vector<float>(step.GradientScale);
        var decay = new Vector<float>(weightDecay * step.WeightDecayScale);
        for (nuint i = 0; i < (nuint)step.Length; i += (nuint)Vector<float>.Count)
        {
            var parameter = Vector.LoadUnsafe(ref parameters, i);
            var gradient = Load(ref gradients, i, limit, scale, parameter, decay);
            (parameter - (rate * gradient)).StoreUnsafe(ref parameters, i);
        }
    }
}
