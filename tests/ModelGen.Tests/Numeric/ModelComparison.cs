using ModelGen.Reference.Oracles;

namespace ModelGen.Tests.Numeric;

/// <summary>Compares a compiled model with the oracle of the same attributes: predictions, losses, gradients, statistics, one step.</summary>
internal sealed class ModelComparison
{
    private const float LearningRate = 0.125f;

    private static readonly int[] s_sampleCounts = [1, 2, 16, 17, 37];

    private readonly CompiledModel _model;
    private readonly Oracle _oracle;
    private readonly Dictionary<string, double[]> _parameters;
    private readonly NumericReport _report;
    private readonly Tolerance _tolerance;
    private readonly int[] _counts;
    private readonly Trainer? _trainer;

    private ModelComparison(CompiledModel model, Tolerance tolerance, int[] counts)
    {
        _model = model;
        _oracle = Oracle.For(model.ModelType);
        _parameters = HashedNumbers.Parameters(_oracle);
        _report = new NumericReport(model.Layers);
        _tolerance = tolerance;
        _counts = counts;
        model.CreatePredictor();
        _trainer = _oracle.Losses.Count > 0 ? model.CreateTrainer(new GradientDescent(LearningRate), counts.Max(), threads: 1) : null;
    }

    /// <summary>What differs, in words; null when nothing does.</summary>
    /// <param name="model">The compiled model; its parameters are overwritten.</param>
    /// <param name="tolerance">How far predictions and losses may be off; those of products when not given.</param>
    /// <param name="sampleCounts">The numbers of samples to compare with; a few, less than a block and more, when not given.</param>
    public static string? Differences(CompiledModel model, Tolerance? tolerance = null, int[]? sampleCounts = null)
    {
        var comparison = new ModelComparison(model, tolerance ?? Tolerance.Products, sampleCounts ?? s_sampleCounts);
        comparison.CompareParameterNames();
        if (comparison._report.IsEmpty)
        {
            foreach (var samples in comparison._counts)
            {
                comparison.Compare(samples);
            }
        }

        return comparison._report.IsEmpty ? null : comparison._report.ToString();
    }

    private void CompareParameterNames()
    {
        var expected = _oracle.Parameters.Select(Describe).Order();
        var found = _model.Parameters.Select(parameter => $"{parameter.Name} ({string.Join(", ", parameter.Shape.ToArray())}){(parameter.IsStatistic ? " statistic" : "")}").Order();
        if (!expected.SequenceEqual(found))
        {
            _report.Add($"parameters are {string.Join("; ", found)}, expected {string.Join("; ", expected)}");
        }

        static string Describe(OracleParameter parameter) =>
            $"{parameter.Name} ({string.Join(", ", parameter.Extents)}){(parameter.IsStatistic ? " statistic" : "")}";
    }

    private void Compare(int samples)
    {
        // A full block and less than one have some labels that take no part, where the loss allows it.
        var lengths = HashedNumbers.Lengths(_oracle, samples);
        var batch = new OracleBatch(
            HashedNumbers.Inputs(_oracle, samples, step: samples), HashedNumbers.Labels(_oracle, samples, someIgnored: samples is 2 or 16, lengths), lengths);
        NumericData[] inputs = [.. batch.Arguments.Select(rows => new NumericData(rows))];
        NumericData[] labels = [.. batch.Labels.Select(rows => new NumericData(rows))];
        SetParameters();

        var outputs = _oracle.Outputs.Select(type => new float[samples * type.Count]).ToArray();
        _model.Predict(inputs, outputs);
        foreach (var (expected, index) in _oracle.Predict(batch, _parameters).Select((rows, index) => (rows, index)))
        {
            _report.Compare($"{samples} samples: output {index}", outputs[index], expected.SelectMany(row => row), _tolerance);
        }

        if (_trainer is not null)
        {
            CompareTraining(_trainer, batch, inputs, labels);
        }
    }

    private void CompareTraining(Trainer trainer, OracleBatch batch, NumericData[] inputs, NumericData[] labels)
    {
        var evaluated = (float)_model.Evaluate(inputs, labels).Loss;
        _report.Compare($"{batch.Samples} samples: evaluated loss", [evaluated], [_oracle.Evaluate(batch, _parameters).Sum()], Loosened);

        var (expected, isNoisy) = Gradients(batch, trainer);
        trainer.ResetState();
        var loss = _model.ComputeGradients(inputs, labels);
        _report.Compare($"{batch.Samples} samples: loss", [loss], [expected.Loss], Loosened);
        foreach (var (name, gradient) in expected.Gradients)
        {
            _report.Compare($"{batch.Samples} samples: gradient of {name}", trainer.Gradients[name].Values, gradient, OfGradients);
        }

        foreach (var parameter in _oracle.Parameters)
        {
            var after = expected.Statistics.GetValueOrDefault(parameter.Name, _parameters[parameter.Name]);
            var tolerance = parameter.IsStatistic ? Tolerance.Products : Tolerance.Exact;
            _report.Compare($"{batch.Samples} samples: {parameter.Name} after ComputeGradients", _model.Parameters[parameter.Name].Values, after, tolerance);
        }

        SetParameters();
        expected = isNoisy ? Gradients(batch, trainer).Expected : expected;
        trainer.ResetState();
        _model.Step(inputs, labels);
        foreach (var (name, gradient) in expected.Gradients)
        {
            var stepped = _parameters[name].Zip(gradient, (value, slope) => value - (LearningRate * slope));
            _report.Compare($"{batch.Samples} samples: {name} after Step", _model.Parameters[name].Values, stepped, OfGradients);
        }
    }

    private Tolerance Loosened => _tolerance == Tolerance.Exact ? Tolerance.Products : _tolerance;

    private Tolerance OfGradients => Tolerance.Gradients with { OfRootMeanSquare = _tolerance.OfRootMeanSquare };

    /// <summary>The oracle's gradients with the random numbers of the trainer's next pass, and whether it drew any.</summary>
    private (OracleResult Expected, bool IsNoisy) Gradients(OracleBatch batch, Trainer trainer)
    {
        var key = RandomKey.Of(trainer.Seed, trainer.StepCount, pass: 0);
        var isNoisy = false;
        var expected = _oracle.Gradients(batch, _parameters, noise: (stream, sample, element) =>
        {
            isNoisy = true;
            return CompilerServices.VectorRandom.Uniform(key, stream, (uint)sample, element);
        });
        return (expected, isNoisy);
    }

    private void SetParameters()
    {
        foreach (var (name, values) in _parameters)
        {
            var target = _model.Parameters[name].Values;
            for (var i = 0; i < values.Length; i++)
            {
                target[i] = (float)values[i];
            }
        }
    }
}
