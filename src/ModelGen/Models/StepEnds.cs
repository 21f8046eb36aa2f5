using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>How many labels of each sample take part in a loss: all, or those of the steps within the sample's length.</summary>
internal readonly ref struct StepEnds
{
    private readonly ReadOnlySpan<int> _lengths;
    private readonly int _samples;
    private readonly int _perStep;

    /// <param name="batch">The current samples, whose lengths are filled.</param>
    /// <param name="loss">The loss.</param>
    public StepEnds(SampleBatch batch, LossDefinition loss)
        : this(loss, batch.Samples, loss.Lengths < 0 ? default : batch.Lengths(loss.Lengths))
    {
    }

    /// <param name="loss">The loss.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="lengths">Their lengths; empty where all steps count.</param>
    public StepEnds(LossDefinition loss, int samples, ReadOnlySpan<int> lengths)
    {
        _samples = samples;
        _lengths = lengths;
        _perStep = lengths.IsEmpty ? Extents.Product(loss.LabelShape) : Extents.Product(loss.LabelShape.AsSpan(1));
    }

    /// <summary>The first label of a sample that takes no part; zero where there is no sample.</summary>
    public int this[int sample] => sample >= _samples ? 0 : _lengths.IsEmpty ? _perStep : _lengths[sample] * _perStep;
}
