using System.Numerics;

namespace ModelGen;

/// <summary>
/// Adam, as PyTorch's <c>Adam</c>: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// p ← p − lr·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) after t updates.
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2015. <see cref="WeightDecay"/> is added to the gradient;
/// <see cref="AdamW"/> takes it from the parameter.
/// </remarks>
/// <param name="learningRate">The step width; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is not a positive number.</exception>
public class Adam(float learningRate = 0.001f) : Optimizer(learningRate)
{
    private static readonly string[] s_moments = ["mean", "square"];
    private static readonly string[] s_momentsOfAmsGrad = ["mean", "square", "greatest_square"];

    // As they were written: the conversion takes longer than the update of a small network.
    private readonly double _kept1 = Setting.AsWritten(0.9f);
    private readonly double _kept2 = Setting.AsWritten(0.999f);

    /// <summary>β₁, the share of the running mean that is kept; from 0 to below 1, 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Beta1
    {
        get;
        init
        {
            field = Setting.Fraction(value);
            _kept1 = Setting.AsWritten(value);
        }
    } = 0.9f;

    /// <summary>β₂, the share of the running mean of squares that is kept; from 0 to below 1, 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Beta2
    {
        get;
        init
        {
            field = Setting.Fraction(value);
            _kept2 = Setting.AsWritten(value);
        }
    } = 0.999f;

    /// <summary>ε, added to the root; at least 1e-30, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is too small.</exception>
    public float Epsilon
    {
        get;
        init => field = Setting.Epsilon(value);
    } = 1e-8f;

    /// <summary>
    /// Whether to divide by the root of the greatest v so far: Reddi, Kale and Kumar, "On the convergence of Adam and
    /// beyond", 2018.
    /// </summary>
    public bool AmsGrad { get; init; }

    /// <summary>
    /// A share of each parameter, zero or positive: added to its gradient by <see cref="Adam"/>, 0 by default; taken from
    /// the parameter, times the learning rate, by <see cref="AdamW"/>, 0.01 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public float WeightDecay
    {
        get;
        init => field = Setting.NotNegative(value);
    }

    internal sealed override string[] MomentNames => AmsGrad ? s_momentsOfAmsGrad : s_moments;

    private protected virtual bool DecaysParameters => false;

    internal sealed override void Update(in OptimizerStep step)
    {
        ref var parameters = ref step.FirstParameter;
        ref var gradients = ref step.FirstGradient;
        ref var means = ref step.FirstMoment(0);
        ref var squares = ref step.FirstMoment(1);

        // Both corrections are folded into the rate and epsilon: multiply above and below by √(1 − β₂ᵗ).
        var meanCorrection = 1 - Math.Pow(_kept1, step.Updates);
        var rootCorrection = Math.Sqrt(1 - Math.Pow(_kept2, step.Updates));
        var rate = new Vector<float>((float)(step.LearningRate * rootCorrection / meanCorrection));
        var epsilon = new Vector<float>((float)(Epsilon * rootCorrection));

        var weightDecay = (double)WeightDecay * step.WeightDecayScale;
        var decay = new Vector<float>(DecaysParameters ? 0 : (float)weightDecay);
        var kept = new Vector<float>(DecaysParameters ? (float)(1 - (step.LearningRate * weightDecay)) : 1);
        var limit = new Vector<float>(GradientLimit);
        var scale = new Vector<float>(step.GradientScale);
        var beta1 = new Vector<float>(Beta1);
        var share1 = new Vector<float>((float)(1 - _kept1));
        var beta2 = new Vector<float>(Beta2);
        var share2 = new Vector<float>((float)(1 - _kept2));
        var amsGrad = AmsGrad;
        ref var greatest = ref step.FirstMoment(amsGrad ? 2 : 1);
        for (nuint i = 0; i < (nuint)step.Length; i += (nuint)Vector<float>.Count)
        {
            var parameter = Vector.LoadUnsafe(ref parameters, i);
            var gradient = Load(ref gradients, i, limit, scale, parameter, decay);
            var mean = OptimizerStep.Flush((beta1 * Vector.LoadUnsafe(ref means, i)) + (share1 * gradient));
            var square = OptimizerStep.FlushSquare((beta2 * Vector.LoadUnsafe(ref squares, i)) + (share2 * gradient * gradient));
            mean.StoreUnsafe(ref means, i);
            square.StoreUnsafe(ref squares, i);
            if (amsGrad)
            {
                square = Vector.Max(square, Vector.LoadUnsafe(ref greatest, i));
                square.StoreUnsafe(ref greatest, i);
            }

            ((parameter * kept) - (rate * mean / (Vector.SquareRoot(square) + epsilon))).StoreUnsafe(ref parameters, i);
        }
    }
}
