using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>
/// One update of one range of the arenas. A range begins at a multiple of 16 words and is a multiple of 16 words long,
/// whatever the parameters in it; the padding between parameters is zero before and after.
/// Updates are element by element, so that a range may be divided in any way, among any threads, without a bit changing.
/// </summary>
internal readonly ref struct OptimizerStep
{
    // Below these a number no longer matters but decays into denormals, which make the whole step several times slower.
    private const float SmallestGradient = 1e-16f;
    private const float SmallestSquare = 1e-35f;

    /// <summary>The range of the parameter arena.</summary>
    public required Span<float> Parameters { get; init; }

    /// <summary>The range of the gradient arena.</summary>
    public required ReadOnlySpan<float> Gradients { get; init; }

    /// <summary>All moment arenas, whole, one after another.</summary>
    public required Span<float> Moments { get; init; }

    /// <summary>The words of one moment arena.</summary>
    public required int MomentWords { get; init; }

    /// <summary>Where the range begins in each moment arena.</summary>
    public required int Offset { get; init; }

    /// <summary>The number of updates this range has had, this one included: 1 for the first.</summary>
    public required long Updates { get; init; }

    /// <summary>The learning rate: after its schedule, times the parameter's own scale.</summary>
    public required double LearningRate { get; init; }

    /// <summary>What the optimizer's weight decay is multiplied with for this range.</summary>
    public float WeightDecayScale { get; init; } = 1;

    /// <summary>What gradients are multiplied with, from <see cref="Optimizer.GradientScale"/>.</summary>
    public float GradientScale { get; init; } = 1;

    public OptimizerStep()
    {
    }

    /// <summary>The words in the range.</summary>
    public int Length => Parameters.Length;

    /// <summary>The first word of the parameters.</summary>
    public ref float FirstParameter => ref MemoryMarshal.GetReference(Parameters);

    /// <summary>The first word of the gradients.</summary>
    public ref float FirstGradient => ref MemoryMarshal.GetReference(Gradients[..Parameters.Length]);

    /// <summary>The first word of this range in a moment arena.</summary>
    public ref float FirstMoment(int arena) =>
        ref MemoryMarshal.GetReference(Moments.Slice((arena * MomentWords) + Offset, Parameters.Length));

    /// <summary>Zero where the size of a value is below 1e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Flush(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), new Vector<float>(SmallestGradient)), Vector<float>.Zero, value);

    /// <summary>Zero where a running mean of squares is below 1e-35.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FlushSquare(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.LessThan(value, new Vector<float>(SmallestSquare)), Vector<float>.Zero, value);

    /// <summary>Zero where the size of a value is below 1e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Flush(Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(value), Vector512.Create(SmallestGradient)), Vector512<float>.Zero, value);

    /// <summary>Zero where a running mean of squares is below 1e-35.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FlushSquare(Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThan(value, Vector512.Create(SmallestSquare)), Vector512<float>.Zero, value);
}
