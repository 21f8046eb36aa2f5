using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Counts at which place in the order of probability the true class comes, at every place of an output.</summary>
internal sealed class ClassCounter : MetricCounter
{
    private readonly int _classes;
    private readonly int? _ignored;
    private readonly int _inner;
    private readonly long[] _ranks;
    private readonly ConfusionMatrix? _confusion;

    public ClassCounter(LossDefinition loss, OutputDefinition output)
    {
        _classes = loss.Classes;
        _ignored = loss.IgnoredLabel;
        _inner = Extents.Product(output.Shape.AsSpan(loss.ClassAxis + 1));
        _ranks = new long[_classes];
        _confusion = _classes <= ConfusionMatrix.MostClasses ? new ConfusionMatrix(_classes) : null;
    }

    public override double? Accuracy => Count == 0 ? 0 : (double)_ranks[0] / Count;

    public override ConfusionMatrix? Confusion => _confusion;

    public override long[]? Ranks => _ranks;

    protected override void AddBlock(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, ReadOnlySpan<int> ends)
    {
        var classes = MemoryMarshal.Cast<float, int>(labels);
        for (var place = 0; place < labels.Length / Lanes.Count; place++)
        {
            // The classes of a place are _inner elements apart: 1 where they are the last axis.
            var first = ((place / _inner * _classes * _inner) + (place % _inner)) * Lanes.Count;
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var label = classes[(place * Lanes.Count) + lane];
                if (place < ends[lane] && label != _ignored)
                {
                    AddPlace(output[(first + lane)..], label);
                }
            }
        }
    }

    private void AddPlace(ReadOnlySpan<float> output, int label)
    {
        var stride = _inner * Lanes.Count;
        var probability = output[label * stride];
        var (before, best, predicted) = (0, float.NegativeInfinity, 0);
        for (var other = 0; other < _classes; other++)
        {
            var value = output[other * stride];
            before += value > probability || (value == probability && other < label) ? 1 : 0;
            if (value > best)
            {
                (best, predicted) = (value, other);
            }
        }

        // What is not a number is no prediction: the true class comes last.
        _ranks[float.IsNaN(probability) ? _classes - 1 : before]++;
        Count++;
        if (_confusion is not null)
        {
            _confusion[label, predicted]++;
        }
    }
}
