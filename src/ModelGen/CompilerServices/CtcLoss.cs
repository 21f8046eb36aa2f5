using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>
/// The loss of connectionist temporal classification and its slopes, one sample in each lane, by the forward and backward
/// variables of A. Graves et al., "Connectionist Temporal Classification", ICML 2006, section 4.1.
/// </summary>
/// <remarks>
/// <para>
/// A transcript of L labels becomes a path of S = 2·L + 1 places, with a blank before, between and after the labels. α(t, s) is
/// the logarithm of the probability of all beginnings of t + 1 steps that end at place s, β(t, s) that of all ends after step t
/// that go on from there. The loss is −log Σ over the last two places of α(T − 1, s), divided by L (or by 1 if there is no label),
/// and its slope by the score of class k at step t is (p(k) − Σ over the places of k of α(t, s) + β(t, s) as a share of the sum
/// over all places) / L.
/// </para>
/// <para>
/// Everything is in the domain of logarithms, and what is kept of a step is relative to its largest number, so that single
/// precision is as good at the thousandth step as at the first. Steps beyond a sample's length change nothing.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CtcLoss
{
    /// <summary>The logarithm of the probability of what cannot be: finite, so that differences stay numbers, and below all others.</summary>
    private const float Hidden = -1e30f;

    /// <summary>Computes the loss of 16 samples, and its slopes unless they have no place.</summary>
    /// <param name="scores">[step][class][lane].</param>
    /// <param name="labels">[1 + most][lane], the bits of an <see cref="int"/>: the number of labels, then the labels, all checked before.</param>
    /// <param name="lengths">[lane], the bits of an <see cref="int"/>: the steps that count; a null reference where all do.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="blank">The class that stands for nothing.</param>
    /// <param name="work">Memory to work in: steps + (5 + (slopes wanted ? steps : 2)) · (2 · most + 1) words for each lane.</param>
    /// <param name="loss">[lane], the loss.</param>
    /// <param name="slopes">[step][class][lane], the slopes; a null reference where none are wanted.</param>
    public static void Run(
        ref float scores, ref float labels, ref float lengths, int steps, int classes, int blank, ref float work, ref float loss, ref float slopes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<LaneVector512>(ref scores, ref labels, ref lengths, steps, classes, blank, ref work, ref loss, ref slopes);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<LaneVector256>(ref scores, ref labels, ref lengths, steps, classes, blank, ref work, ref loss, ref slopes);
        }
        else
        {
            Run<LaneVector128>(ref scores, ref labels, ref lengths, steps, classes, blank, ref work, ref loss, ref slopes);
        }
    }

    /// <summary>A vector of lanes after the other: they share nothing.</summary>
    private static void Run<TVector>(
        ref float scores, ref float labels, ref float lengths, int steps, int classes, int blank, ref float work, ref float loss, ref float slopes)
        where TVector : struct, ILaneVector<TVector>
    {
        var (hasLengths, hasSlopes) = (!Unsafe.IsNullRef(ref lengths), !Unsafe.IsNullRef(ref slopes));
        for (var lane = 0; lane < Lanes.Count; lane += TVector.Count)
        {
            var pass = new Pass<TVector>(
                ref Unsafe.Add(ref scores, lane),
                ref BlockContext.AsInts(ref Unsafe.Add(ref labels, lane)),
                ref (hasLengths ? ref BlockContext.AsInts(ref Unsafe.Add(ref lengths, lane)) : ref Unsafe.NullRef<int>()),
                steps,
                classes,
                blank,
                hasSlopes,
                ref Unsafe.Add(ref work, lane));
            pass.Forward().Store(ref Unsafe.Add(ref loss, lane));
            if (hasSlopes)
            {
                pass.Backward(ref Unsafe.Add(ref slopes, lane));
            }
        }
    }

    /// <summary>The algorithm on one vector of lanes; every array is [row][16], of which it sees its own.</summary>
    private readonly ref struct Pass<TVector>
        where TVector : struct, ILaneVector<TVector>
    {
        private readonly ref float _scores;
        private readonly ref int _labels;
        private readonly ref int _lengths;
        private readonly int _steps;
        private readonly int _classes;
        private readonly int _blank;
        private readonly int _places;
        private readonly bool _hasLengths;
        private readonly bool _keepsAll;

        /// <summary>For each step log Σ exp of its scores.</summary>
        private readonly ref float _normalizers;

        /// <summary>For each place zero, or hidden beyond the end of the lane's path.</summary>
        private readonly ref float _ends;

        /// <summary>For each place zero where a path may come from two places before, over a blank between different labels; else hidden.</summary>
        private readonly ref float _skips;

        /// <summary>For each place the logarithm of the probability of its class at the current step.</summary>
        private readonly ref float _emissions;

        private readonly ref float _beta;

        private readonly ref float _next;

        private readonly ref float _alpha;

        public Pass(ref float scores, ref int labels, ref int lengths, int steps, int classes, int blank, bool keepsAll, ref float work)
        {
            _scores = ref scores;
            _labels = ref labels;
            _lengths = ref lengths;
            _steps = steps;
            _classes = classes;
            _blank = blank;
            _hasLengths = !Unsafe.IsNullRef(ref lengths);
            _keepsAll = keepsAll;
            var most = 0;
            for (var lane = 0; lane < TVector.Count; lane++)
            {
                most = Math.Max(most, Unsafe.Add(ref labels, lane));
            }

            _places = (2 * most) + 1;
            _normalizers = ref work;
            _ends = ref Row(ref work, steps);
            _skips = ref Row(ref _ends, _places);
            _emissions = ref Row(ref _skips, _places);
            _beta = ref Row(ref _emissions, _places);
            _next = ref Row(ref _beta, _places);
            _alpha = ref Row(ref _next, _places);
        }

        /// <summary>Walks from the first step to the last; returns the loss and leaves α of all steps, and β of the last.</summary>
        public TVector Forward()
        {
            FindPaths();
            var hidden = TVector.Create(Hidden);
            var offset = TVector.Create(0);
            for (var t = 0; t < _steps; t++)
            {
                SetNormalizer(t);
                SetEmissions(t);
                ref var alpha = ref Alpha(t);
                ref var before = ref Alpha(t - 1);
                var greatest = hidden;
                for (var s = 0; s < _places; s++)
                {
                    var come = t == 0 ? TVector.Create(s < 2 ? 0 : Hidden)
                        : s == 0 ? At(ref before, 0)
                        : s == 1 ? LogSum(At(ref before, 1), At(ref before, 0), hidden)
                        : LogSum(At(ref before, s), At(ref before, s - 1), At(ref before, s - 2) + At(ref _skips, s));
                    var here = TVector.Max(hidden, come + At(ref _emissions, s));
                    greatest = TVector.Max(greatest, here);
                    here.Store(ref Row(ref alpha, s));
                }

                // What is beyond the end stays as it was there.
                var counts = Counts(t);
                greatest = _hasLengths ? TVector.Select(counts, greatest, TVector.Create(0)) : greatest;
                offset += greatest;
                for (var s = 0; s < _places; s++)
                {
                    var relative = At(ref alpha, s) - greatest;
                    (_hasLengths && t > 0 ? TVector.Select(counts, relative, At(ref before, s)) : relative).Store(ref Row(ref alpha, s));
                }
            }

            return (TVector.Create(0) - offset - LogSumOfPlaces(ref Alpha(_steps - 1))) * Shares();
        }

        /// <summary>Walks back from the last step, and writes the slopes of each on the way.</summary>
        public void Backward(ref float slopes)
        {
            var shares = Shares();
            for (var t = _steps - 1; t >= 0; t--)
            {
                SetSlopes(t, shares, ref Row(ref slopes, (nint)t * _classes));
                if (t > 0)
                {
                    StepBack(t);
                }
            }
        }

        /// <summary>Finds what a path may do at each place, and β of the last step: zero at the last two places.</summary>
        private void FindPaths()
        {
            for (var lane = 0; lane < TVector.Count; lane++)
            {
                var last = 2 * Unsafe.Add(ref _labels, lane);
                for (var s = 0; s < _places; s++)
                {
                    var skips = s % 2 == 1 && s > 1 && Label(s, lane) != Label(s - 2, lane);
                    Unsafe.Add(ref Row(ref _ends, s), lane) = s <= last ? 0 : Hidden;
                    Unsafe.Add(ref Row(ref _skips, s), lane) = skips ? 0 : Hidden;
                    Unsafe.Add(ref Row(ref _beta, s), lane) = s == last || s == last - 1 ? 0 : Hidden;
                }
            }
        }

        private void SetNormalizer(int t)
        {
            ref var row = ref Scores(t);
            var greatest = At(ref row, 0);
            for (var k = 1; k < _classes; k++)
            {
                greatest = TVector.Max(greatest, At(ref row, k));
            }

            var sum = TVector.Create(0);
            for (var k = 0; k < _classes; k++)
            {
                sum += TVector.Exp(At(ref row, k) - greatest);
            }

            (greatest + TVector.Log(sum)).Store(ref Row(ref _normalizers, t));
        }

        private void SetEmissions(int t)
        {
            ref var row = ref Scores(t);
            var hidden = TVector.Create(Hidden);
            var normalizer = At(ref _normalizers, t);
            var blank = At(ref row, _blank);
            for (var s = 0; s < _places; s++)
            {
                ref var emission = ref Row(ref _emissions, s);
                for (var lane = 0; s % 2 == 1 && lane < TVector.Count; lane++)
                {
                    Unsafe.Add(ref emission, lane) = Unsafe.Add(ref Row(ref row, Label(s, lane)), lane);
                }

                var score = s % 2 == 1 ? TVector.Load(ref emission) : blank;
                TVector.Max(hidden, score - normalizer + At(ref _ends, s)).Store(ref emission);
            }
        }

        /// <summary>(p(k) − the share of all paths that are at k) / L, at a step.</summary>
        private void SetSlopes(int t, TVector shares, ref float slopes)
        {
            ref var row = ref Scores(t);
            ref var alpha = ref Alpha(t);
            var normalizer = At(ref _normalizers, t);
            for (var k = 0; k < _classes; k++)
            {
                (TVector.Exp(At(ref row, k) - normalizer) * shares).Store(ref Row(ref slopes, k));
            }

            var total = LogSumOfPlaces(ref alpha);
            var blanks = At(ref slopes, _blank);
            for (var s = 0; s < _places; s++)
            {
                var through = TVector.Exp(At(ref alpha, s) + At(ref _beta, s) - total) * shares;
                if (s % 2 == 0)
                {
                    blanks -= through;
                    continue;
                }

                ref var share = ref Row(ref _next, s);
                through.Store(ref share);
                for (var lane = 0; lane < TVector.Count; lane++)
                {
                    Unsafe.Add(ref Row(ref slopes, Label(s, lane)), lane) -= Unsafe.Add(ref share, lane);
                }
            }

            blanks.Store(ref Row(ref slopes, _blank));
            if (!_hasLengths)
            {
                return;
            }

            var counts = Counts(t);
            for (var k = 0; k < _classes; k++)
            {
                TVector.Select(counts, At(ref slopes, k), TVector.Create(0)).Store(ref Row(ref slopes, k));
            }
        }

        /// <summary>β of the step before t, in place of that of t.</summary>
        private void StepBack(int t)
        {
            SetEmissions(t);
            var hidden = TVector.Create(Hidden);
            for (var s = 0; s < _places; s++)
            {
                (At(ref _beta, s) + At(ref _emissions, s)).Store(ref Row(ref _next, s));
            }

            var greatest = hidden;
            for (var s = 0; s < _places; s++)
            {
                var go = s == _places - 1 ? At(ref _next, s)
                    : s == _places - 2 ? LogSum(At(ref _next, s), At(ref _next, s + 1), hidden)
                    : LogSum(At(ref _next, s), At(ref _next, s + 1), At(ref _next, s + 2) + At(ref _skips, s + 2));
                go = TVector.Max(hidden, go);
                greatest = TVector.Max(greatest, go);

                // No longer read: only later places come after this one.
                go.Store(ref Row(ref _emissions, s));
            }

            var counts = Counts(t);
            for (var s = 0; s < _places; s++)
            {
                var relative = At(ref _emissions, s) - greatest;
                (_hasLengths ? TVector.Select(counts, relative, At(ref _beta, s)) : relative).Store(ref Row(ref _beta, s));
            }
        }

        /// <summary>log Σ over all places of exp(α + β).</summary>
        private TVector LogSumOfPlaces(ref float alpha)
        {
            var greatest = TVector.Create(Hidden);
            for (var s = 0; s < _places; s++)
            {
                greatest = TVector.Max(greatest, At(ref alpha, s) + At(ref _beta, s));
            }

            var sum = TVector.Create(0);
            for (var s = 0; s < _places; s++)
            {
                sum += TVector.Exp(At(ref alpha, s) + At(ref _beta, s) - greatest);
            }

            return greatest + TVector.Log(sum);
        }

        /// <summary>What each label of a lane counts: one divided by their number.</summary>
        private TVector Shares()
        {
            for (var lane = 0; lane < TVector.Count; lane++)
            {
                Unsafe.Add(ref _next, lane) = 1f / Math.Max(1, Unsafe.Add(ref _labels, lane));
            }

            return TVector.Load(ref _next);
        }

        /// <summary>Above zero in the lanes whose samples have a step.</summary>
        private TVector Counts(int t)
        {
            if (!_hasLengths)
            {
                return TVector.Create(1);
            }

            for (var lane = 0; lane < TVector.Count; lane++)
            {
                Unsafe.Add(ref _next, lane) = t < Unsafe.Add(ref _lengths, lane) ? 1 : 0;
            }

            return TVector.Load(ref _next);
        }

        /// <summary>log(eᵃ + eᵇ + eᶜ).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector LogSum(TVector a, TVector b, TVector c)
        {
            var greatest = TVector.Max(c, TVector.Max(b, a));
            return greatest + TVector.Log(TVector.Exp(a - greatest) + TVector.Exp(b - greatest) + TVector.Exp(c - greatest));
        }

        /// <summary>The label at an odd place of a lane's path.</summary>
        private int Label(int s, int lane) => Unsafe.Add(ref _labels, ((1 + (s / 2)) * Lanes.Count) + lane);

        private ref float Scores(int t) => ref Row(ref _scores, (nint)t * _classes);

        private ref float Alpha(int t) => ref Row(ref _alpha, (nint)(_keepsAll ? t : t & 1) * _places);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector At(ref float rows, nint row) => TVector.Load(ref Row(ref rows, row));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ref float Row(ref float rows, nint row) => ref Unsafe.Add(ref rows, row * Lanes.Count);
    }
}
