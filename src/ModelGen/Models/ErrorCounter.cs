using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Adds up the distances of values from their targets; counts nothing where a loss has no target for each value.</summary>
internal sealed class ErrorCounter(LossDefinition loss, OutputDefinition output) : MetricCounter
{
    private readonly bool _compares = loss.Classes == 0 && Extents.Product(loss.LabelShape) == Extents.Product(output.Shape);
    private double _absolute;
    private double _squared;

    public override double? MeanAbsoluteError => Count == 0 ? null : _absolute / Count;

    public override double? RootMeanSquareError => Count == 0 ? null : Math.Sqrt(_squared / Count);

    protected override void AddBlock(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, ReadOnlySpan<int> ends)
    {
        if (!_compares)
        {
            return;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (i / Lanes.Count < ends[i % Lanes.Count])
            {
                var error = (double)output[i] - labels[i];
                _absolute += Math.Abs(error);
                _squared += error * error;
                Count++;
            }
        }
    }
}
