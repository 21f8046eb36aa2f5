using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// A run of neighbouring places of the innermost axis that a kernel computes together: fixed ones near the border, where
/// some taps fall outside, or a loop over the inside, where the pattern repeats.
/// </summary>
/// <param name="Start">The first place.</param>
/// <param name="Count">The places computed together.</param>
/// <param name="Repeat">How often the run repeats, each time <paramref name="Count"/> places on.</param>
internal sealed record PlaceRun(int Start, int Count, int Repeat);

/// <summary>
/// The innermost axis of a convolution as a kernel sees it that computes one side of it from the other: which place of the
/// source each target place reads with each tap.
/// </summary>
internal sealed class InnerAxis
{
    private readonly Func<int, int, int?> _source;
    private readonly int _insideStart;
    private readonly int _insideEnd;
    private readonly int _period;
    private readonly (int Numerator, int Denominator) _pace;

    private InnerAxis(int targets, int taps, Func<int, int, int?> source, int insideStart, int insideEnd, int period, (int, int) pace)
    {
        Targets = targets;
        Taps = taps;
        _source = source;
        _insideStart = Math.Max(0, Math.Min(insideStart, targets));
        _insideEnd = Math.Max(_insideStart, Math.Min(insideEnd, targets));
        _period = period;
        _pace = pace;
    }

    public int Targets { get; }

    public int Taps { get; }

    /// <summary>The forward direction: an output place reads input places.</summary>
    public static InnerAxis Forward(ContractAxis axis) => new(
        axis.Out,
        axis.Kernel,
        axis.InputPlace,
        CeilingDivide(axis.Padding, axis.Stride),
        FloorDivide(axis.In - 1 + axis.Padding - ((axis.Kernel - 1) * axis.Dilation), axis.Stride) + 1,
        1,
        (axis.Stride, 1));

    /// <summary>The transposed direction: an input place is read by output places.</summary>
    public static InnerAxis Backward(ContractAxis axis) => new(
        axis.In,
        axis.Kernel,
        axis.OutputPlace,
        ((axis.Kernel - 1) * axis.Dilation) - axis.Padding,
        ((axis.Out - 1) * axis.Stride) - axis.Padding + 1,
        axis.Stride,
        (1, axis.Stride));

    /// <summary>The source place of a target place and tap, or null where there is none.</summary>
    public int? Source(int target, int tap) => _source(target, tap);

    /// <summary>How far the source moves when the target moves by a whole run.</summary>
    public int SourceStep(PlaceRun run) => run.Count * _pace.Numerator / _pace.Denominator;

    /// <summary>Divides the axis into runs of at most <paramref name="size"/> places; only runs inside the borders repeat.</summary>
    public IReadOnlyList<PlaceRun> Runs(int size)
    {
        // The pattern of taps repeats every period: a run that repeats must be a multiple of it.
        var runs = new List<PlaceRun>();
        var count = Math.Max(_period, size / _period * _period);
        var repeat = (_insideEnd - _insideStart) / count;
        if (repeat < 2)
        {
            AddFixed(0, Targets);
            return runs;
        }

        AddFixed(0, _insideStart);
        runs.Add(new PlaceRun(_insideStart, count, repeat));
        AddFixed(_insideStart + (count * repeat), Targets);
        return runs;

        void AddFixed(int from, int to)
        {
            // As even as can be: 9 places in runs of at most 4 are 3 + 3 + 3.
            var places = to - from;
            for (var pieces = CeilingDivide(places, size); pieces > 0; pieces--)
            {
                var piece = CeilingDivide(to - from, pieces);
                runs.Add(new PlaceRun(from, piece, 1));
                from += piece;
            }
        }
    }

    private static int CeilingDivide(int a, int b) => -FloorDivide(-a, b);

    private static int FloorDivide(int a, int b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
