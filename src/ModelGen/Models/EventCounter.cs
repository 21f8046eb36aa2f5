using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Counts events that happened or not against whether their probability is at least one half.</summary>
internal sealed class EventCounter(LossDefinition loss) : MetricCounter
{
    private readonly ConfusionMatrix _confusion = new(classes: 2);

    public override double? Accuracy => _confusion.Accuracy;

    public override ConfusionMatrix? Confusion => _confusion;

    protected override void AddBlock(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, ReadOnlySpan<int> ends)
    {
        var classes = MemoryMarshal.Cast<float, int>(labels);
        for (var i = 0; i < labels.Length; i++)
        {
            if (i / Lanes.Count < ends[i % Lanes.Count] && !(loss.Classes > 0 && classes[i] == loss.IgnoredLabel))
            {
                var happened = loss.Classes > 0 ? classes[i] > 0 : labels[i] >= 0.5f;
                _confusion[happened ? 1 : 0, output[i] >= 0.5f ? 1 : 0]++;
                Count++;
            }
        }
    }
}
