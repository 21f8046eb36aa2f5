namespace ModelGen;

/// <summary>Counts nothing: for a loss whose labels say nothing of what its output shows, such as a second loss of another kind.</summary>
internal sealed class NoCounter : MetricCounter
{
    protected override void AddBlock(ReadOnlySpan<float> output, ReadOnlySpan<float> labels, ReadOnlySpan<int> ends)
    {
    }
}
