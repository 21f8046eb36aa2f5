using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// What the sums of the losses are multiplied with, so that each is the mean over the labels that take part, and the losses
/// that come back. They stand in the model's memory behind the number of samples: first the scales, then the losses.
/// </summary>
internal sealed class LossScales
{
    private readonly LossDefinition[] _losses;
    private readonly SampleBatch _samples;
    private readonly AlignedBuffer _model;
    private readonly double[] _divisors;

    public LossScales(LossDefinition[] losses, SampleBatch samples, AlignedBuffer model)
    {
        _losses = losses;
        _samples = samples;
        _model = model;
        _divisors = new double[losses.Length];
    }

    /// <summary>
    /// What the current samples count in a mean over several passes: with one loss the labels that take part, with several,
    /// whose numbers may differ, the samples.
    /// </summary>
    public double Weight => _losses.Length == 1 ? _divisors[0] : _samples.Samples;

    /// <summary>All losses together.</summary>
    public float TotalLoss
    {
        get
        {
            var total = 0f;
            for (var index = 0; index < _losses.Length; index++)
            {
                total += Loss(index);
            }

            return total;
        }
    }

    /// <summary>Sets the labels of the current samples that take part in a loss, each counted with the weight of its class.</summary>
    public void SetDivisor(int index, double divisor) => _divisors[index] = divisor;

    /// <summary>The labels of the current samples that take part in a loss.</summary>
    public double GetDivisor(int index) => _divisors[index];

    /// <summary>The loss of the current samples, once a program has run.</summary>
    public float Loss(int index) => _model.Span[1 + _losses.Length + index];

    /// <summary>Hands the scales to the program that is about to run.</summary>
    public void Apply()
    {
        for (var index = 0; index < _losses.Length; index++)
        {
            // Where no label takes part the loss is zero.
            _model.Span[1 + index] = _divisors[index] > 0 ? (float)(_losses[index].Weight / _divisors[index]) : 0;
        }
    }
}
