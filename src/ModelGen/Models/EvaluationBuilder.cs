using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Collects an evaluation, part after part of the samples.</summary>
internal sealed class EvaluationBuilder
{
    private readonly ModelDefinition _definition;
    private readonly MetricCounter[] _metrics;
    private readonly double[] _lossSums;
    private readonly double[] _divisors;
    private long _samples;

    public EvaluationBuilder(ModelDefinition definition)
    {
        _definition = definition;
        _metrics = Array.ConvertAll(definition.Losses, loss => MetricCounter.Create(loss, definition.Outputs[loss.Output]));
        _lossSums = new double[_metrics.Length];
        _divisors = new double[_metrics.Length];
    }

    /// <summary>Adds the samples a program has just run over.</summary>
    public void Add(SampleBatch samples, LossScales scales)
    {
        _samples += samples.Samples;
        for (var index = 0; index < _metrics.Length; index++)
        {
            // Parts in which no label takes part count nothing, whatever their loss.
            var divisor = scales.GetDivisor(index);
            _lossSums[index] += divisor > 0 ? scales.Loss(index) * divisor : 0;
            _divisors[index] += divisor;
            _metrics[index].Add(
                samples.Outputs.Floats(_definition.Losses[index].Output, samples.Blocks),
                samples.Labels.Floats(index, samples.Blocks),
                samples.Samples,
                new StepEnds(samples, _definition.Losses[index]));
        }
    }

    /// <summary>The evaluation of all samples so far.</summary>
    public Evaluation Complete()
    {
        var losses = new LossEvaluation[_metrics.Length];
        for (var index = 0; index < losses.Length; index++)
        {
            var definition = _definition.Losses[index];
            var output = _definition.Outputs[definition.Output];
            var loss = _divisors[index] > 0 ? _lossSums[index] / _divisors[index] : 0;
            losses[index] = new LossEvaluation(definition.Layer, output.Name, output.Kind, loss, _metrics[index]);
        }

        return new Evaluation(_samples, losses);
    }
}
