using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>
/// How parameters follow their gradients: <see cref="GradientDescent"/>, <see cref="Sgd"/>, <see cref="RmsProp"/>,
/// <see cref="Adam"/> or <see cref="AdamW"/>. An optimizer is a description that never changes: one may serve many
/// trainers, each of which keeps the running means (the moments) of its own.
/// </summary>
/// <remarks>
/// A parameter may scale its learning rate and weight decay, or be frozen. Running means smaller than 1e-16 (squares:
/// 1e-35) become zero, since arithmetic on denormal numbers is several times slower.
/// </remarks>
public abstract class Optimizer
{
    private protected Optimizer(float learningRate)
    {
        LearningRate = Setting.Positive(learningRate, nameof(learningRate));
    }

    /// <summary>The step width before the schedule; positive.</summary>
    public float LearningRate { get; }

    /// <summary>What the learning rate is multiplied with from step to step, or null for a constant one.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// The greatest Euclidean norm of all gradients together; larger ones are scaled by limit / (norm + 1e-6), as by
    /// PyTorch's <c>clip_grad_norm_</c>. Null, the default, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public float? ClipNorm
    {
        get;
        init => field = Setting.PositiveOrNull(value);
    }

    /// <summary>
    /// The greatest size of each number of a gradient; larger ones are cut off, before a norm is taken. Null, the
    /// default, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public float? ClipValue
    {
        get;
        init => field = Setting.PositiveOrNull(value);
    }

    /// <summary>The names of the running means each parameter needs, as checkpoints call them.</summary>
    internal abstract string[] MomentNames { get; }

    /// <summary>The number of running means each parameter needs.</summary>
    internal int MomentArenas => MomentNames.Length;

    /// <summary>Whether <c>Fit</c> makes one update an epoch, from the gradient over all training samples.</summary>
    internal virtual bool UsesWholeTrainingSet => false;

    /// <summary>The size gradients are cut to.</summary>
    internal float GradientLimit => ClipValue ?? float.PositiveInfinity;

    /// <summary>Moves the parameters of one range.</summary>
    internal abstract void Update(in OptimizerStep step);

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The number of steps made before; zero for the first.</param>
    /// <param name="plannedSteps">The number of steps of the whole training, or zero when it is not known.</param>
    internal double LearningRateAt(long step, long plannedSteps) =>
        Schedule is null ? LearningRate : (double)LearningRate * Schedule.At(step, plannedSteps);

    /// <summary>
    /// The sum of squares of a range of gradients, after they are cut to <see cref="ClipValue"/>: in double, always in
    /// the same order. Not finite when a gradient is not.
    /// </summary>
    internal double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        // Sixteen sums whatever the vector width, so that all widths agree to the bit.
        var limit = new Vector<float>(GradientLimit);
        Span<double> sums = stackalloc double[16];
        sums.Clear();
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        for (var i = 0; i < gradients.Length; i += 16)
        {
            for (var lane = 0; lane < 16; lane += Vector<float>.Count)
            {
                var value = Clamp(Vector.LoadUnsafe(ref gradient, (nuint)(i + lane)), limit);
                Vector.Widen(value, out var low, out var high);
                ref var lowSum = ref Unsafe.Add(ref sum, lane);
                ref var highSum = ref Unsafe.Add(ref lowSum, Vector<double>.Count);
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref lowSum) + (low * low), ref lowSum);
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref highSum) + (high * high), ref highSum);
            }
        }

        var total = 0.0;
        foreach (var part in sums)
        {
            total += part;
        }

        return total;
    }

    /// <summary>What gradients are multiplied with, given the sum of squares of all that take part.</summary>
    internal float GradientScale(double sumOfSquares) =>
        ClipNorm is { } limit ? (float)Math.Min(1, limit / (Math.Sqrt(sumOfSquares) + 1e-6)) : 1;

    /// <summary>The gradient as the formulas see it: cut, scaled, with the decay added, and flushed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector<float> Load(
        ref float gradient, nuint i, Vector<float> limit, Vector<float> scale, Vector<float> parameter, Vector<float> decay) =>
        OptimizerStep.Flush((Clamp(Vector.LoadUnsafe(ref gradient, i), limit) * scale) + (parameter * decay));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Clamp(Vector<float> value, Vector<float> limit) =>
        Vector.ConditionalSelect(
            Vector.GreaterThan(Vector.Abs(value), limit), Vector.CopySign(limit, value), value);

    /// <summary>The gradient as the formulas see it: cut, scaled, with the decay added, and flushed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector512<float> Load(
        ref float gradient, nuint i, Vector512<float> limit, Vector512<float> scale, Vector512<float> parameter, Vector512<float> decay) =>
        OptimizerStep.Flush((Clamp(Vector512.LoadUnsafe(ref gradient, i), limit) * scale) + (parameter * decay));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamp(Vector512<float> value, Vector512<float> limit) =>
        Vector512.ConditionalSelect(
            Vector512.GreaterThan(Vector512.Abs(value), limit), Vector512.CopySign(limit, value), value);
}
