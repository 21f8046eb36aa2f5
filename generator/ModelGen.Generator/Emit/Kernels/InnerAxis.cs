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
    private readonly IReadOnlyList<int> _breaks;
    private readonly int _period;
    private readonly (int Numerator, int Denominator) _pace;

    /// <param name="targets">The places computed.</param>
    /// <param name="taps">The taps of the kernel.</param>
    /// <param name="source">The source place of a target place and tap, or null.</param>
    /// <param name="range">For each tap the first target place that has it and the one after the last.</param>
    /// <param name="period">The pattern of taps repeats after this many places.</param>
    /// <param name="pace">How far the source moves for one place of the target, as a fraction.</param>
    private InnerAxis(int targets, int taps, Func<int, int, int?> source, Func<int, (int First, int End)> range, int period, (int, int) pace)
    {
        Targets = targets;
        Taps = taps;
        _source = source;
        _period = period;
        _pace = pace;
        _breaks =
        [
            .. Enumerable.Range(0, taps)
                .SelectMany(tap => new[] { range(tap).First, range(tap).End })
                .Select(place => Math.Max(0, Math.Min(place, targets)))
                .Concat([0, targets])
                .Distinct()
                .OrderBy(place => place),
        ];
    }

    public int Targets { get; }

    public int Taps { get; }

    /// <summary>The number of places after which the pattern of taps repeats: the stride where it leads backward.</summary>
    public int Period => _period;

    /// <summary>The forward direction: an output place reads input places.</summary>
    public static InnerAxis Forward(ContractAxis axis) => new(
        axis.Out,
        axis.Kernel,
        axis.InputPlace,
        tap => (CeilingDivide(axis.Padding - (tap * axis.Dilation), axis.Stride), FloorDivide(axis.In - 1 + axis.Padding - (tap * axis.Dilation), axis.Stride) + 1),
        1,
        (axis.Stride, 1));

    /// <summary>The transposed direction: an input place is read by output places.</summary>
    /// <remarks>
    /// A tap meets one place in as many as the stride: its range may as well begin and end with whole periods, and ranges that
    /// differ only between two places of one period are the same.
    /// </remarks>
    public static InnerAxis Backward(ContractAxis axis) => new(
        axis.In,
        axis.Kernel,
        axis.OutputPlace,
        tap => (
            FloorDivide((tap * axis.Dilation) - axis.Padding, axis.Stride) * axis.Stride,
            CeilingDivide(((axis.Out - 1) * axis.Stride) + (tap * axis.Dilation) - axis.Padding + 1, axis.Stride) * axis.Stride),
        axis.Stride,
        (1, axis.Stride));

    /// <summary>The source place of a target place and tap, or null where there is none.</summary>
    public int? Source(int target, int tap) => _source(target, tap);

    /// <summary>How far the source moves when the target moves by a whole run.</summary>
    public int SourceStep(PlaceRun run) => run.Count * _pace.Numerator / _pace.Denominator;

    /// <summary>
    /// Divides the axis into runs of at most <paramref name="size"/> places. Between the places where a tap comes in or falls
    /// out the pattern is the same: a stretch long enough for it becomes a run that repeats.
    /// </summary>
    public IReadOnlyList<PlaceRun> Runs(int size)
    {
        var runs = new List<PlaceRun>();
        var count = Math.Max(_period, size / _period * _period);
        var done = 0;
        for (var i = 0; i + 1 < _breaks.Count; i++)
        {
            var repeat = (_breaks[i + 1] - _breaks[i]) / count;
            if (repeat >= 2)
            {
                AddFixed(done, _breaks[i]);
                runs.Add(new PlaceRun(_breaks[i], count, repeat));
                done = _breaks[i] + (count * repeat);
            }
        }

        AddFixed(done, Targets);
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
