using System.Numerics.Tensors;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Runs the training program and keeps the gradients: those of the last samples, or the mean over several passes, each
/// weighted with the labels that take part in it.
/// </summary>
internal sealed class GradientPass
{
    private readonly ModelDefinition _definition;
    private readonly ParameterSet _parameters;
    private readonly ProgramRunner _program;
    private readonly LossScales _scales;
    private readonly RowStates _states;
    private readonly AlignedBuffer _gradients;
    private readonly FiniteCheck _finite;
    private readonly float[] _statistics;
    private AlignedBuffer? _sum;
    private double _weight;
    private bool _isSummed;

    public GradientPass(ModelDefinition definition, ParameterSet parameters, ProgramRunner program, LossScales scales, RowStates states, AlignedBuffer gradients, Workers workers)
    {
        _definition = definition;
        _parameters = parameters;
        _program = program;
        _scales = scales;
        _states = states;
        _gradients = gradients;
        _finite = new FiniteCheck(gradients, workers);
        _statistics = new float[Statistics.Length];
    }

    /// <summary>The passes since the gradients were last applied or replaced.</summary>
    public int Passes { get; private set; }

    private Span<float> Statistics => _parameters.Words[_definition.TrainedWords..];

    /// <summary>Forgets the gradients.</summary>
    public void Clear()
    {
        Passes = 0;
        _weight = 0;
        _isSummed = false;
    }

    /// <summary>Computes the gradients of the current samples and adds them to those there are.</summary>
    /// <param name="randomKey">What random numbers are a function of.</param>
    /// <param name="step">The step, counted from 1, for messages.</param>
    /// <returns>The loss of the current samples.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite; statistics and states are as before.</exception>
    public float Run(uint randomKey, long step)
    {
        if (Passes > 0 && !_isSummed)
        {
            _sum ??= new AlignedBuffer(_gradients.Length);
            TensorPrimitives.Multiply(_gradients.Span, (float)_weight, _sum.Span);
            _isSummed = true;
        }

        Statistics.CopyTo(_statistics);
        _scales.Apply();
        _states.Load();
        _program.Run(randomKey);
        var loss = _scales.TotalLoss;
        if (FindDivergence(step) is { } divergence)
        {
            _statistics.CopyTo(Statistics);
            Clear();
            throw divergence;
        }

        _states.Keep();
        var weight = _scales.Weight;
        if (_isSummed)
        {
            TensorPrimitives.MultiplyAdd(_gradients.Span, (float)weight, _sum!.Span, _sum.Span);
        }

        _weight += weight;
        Passes++;
        return loss;
    }

    /// <summary>Makes the gradients the mean over all passes.</summary>
    public void Complete()
    {
        if (_isSummed)
        {
            // Nothing took part: no gradient.
            TensorPrimitives.Multiply(_sum!.Span, _weight > 0 ? (float)(1 / _weight) : 0, _gradients.Span);
        }
    }

    private TrainingDivergedException? FindDivergence(long step)
    {
        for (var index = 0; index < _definition.Losses.Length; index++)
        {
            if (!float.IsFinite(_scales.Loss(index)))
            {
                return new TrainingDivergedException($"the loss of {_definition.Losses[index].Layer}", _scales.Loss(index), step);
            }
        }

        return _finite.Run() ? null : FindParameter(step);
    }

    private TrainingDivergedException FindParameter(long step)
    {
        foreach (var parameter in _parameters)
        {
            if (!parameter.IsStatistic)
            {
                foreach (var value in _gradients.Span.Slice(parameter.Offset, parameter.Length))
                {
                    if (!float.IsFinite(value))
                    {
                        return new TrainingDivergedException($"the gradient of {parameter.Name}", value, step);
                    }
                }
            }
        }

        return new TrainingDivergedException("a gradient", float.NaN, step);
    }
}
