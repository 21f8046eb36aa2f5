using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.Reference.Oracles;

/// <summary>
/// A whole model as textbook formulas in double precision: what a compiled model is compared with. Reads the same
/// attributes as the compiler, and shares nothing else with it.
/// </summary>
internal sealed partial class Oracle
{
    private readonly List<Step> _steps = [];
    private readonly List<(Step Value, OracleLoss Loss)> _losses = [];
    private readonly List<Step> _outputs = [];

    private Oracle(IEnumerable<LayerAttribute> attributes)
    {
        var counts = new Dictionary<string, int>();
        var (inputs, streams) = (0, 0);
        foreach (var attribute in attributes)
        {
            var stem = Stem(attribute);
            counts[stem] = counts.GetValueOrDefault(stem) + 1;
            var name = attribute.Name ?? $"{stem}_{counts[stem]}";
            switch (attribute)
            {
                case InputAttribute or SequenceAttribute or TokensAttribute:
                    _steps.Add(new Step(null, null, inputs++, Declared(attribute)));
                    _outputs.Add(_steps[^1]);
                    break;
                case LossAttribute loss:
                    var judged = Judged(loss.On);
                    _losses.Add((judged, LossCatalogue.Create(loss, judged.Type)));
                    break;
                default:
                    var layer = LayerCatalogue.Create(attribute, name, _steps[^1].Type, () => streams++);
                    _steps.Add(new Step(layer, _steps[^1], -1, layer.Output));
                    _outputs[^1] = _steps[^1];
                    break;
            }
        }

        Inputs = [.. _steps.Where(step => step.Layer is null).Select(step => step.Type)];
        Parameters =
        [
            .. _steps.Select(step => step.Layer).OfType<OracleLayer>()
                .SelectMany(layer => layer.Parameters.Select(parameter => parameter with { Name = layer.FullName(parameter.Name) })),
        ];
    }

    /// <summary>The types of the inputs, in declaration order.</summary>
    public IReadOnlyList<OracleType> Inputs { get; }

    /// <summary>The losses, in declaration order.</summary>
    public IReadOnlyList<OracleLoss> Losses => [.. _losses.Select(loss => loss.Loss)];

    /// <summary>The types of the outputs, in declaration order.</summary>
    public IReadOnlyList<OracleType> Outputs => [.. _outputs.Select(output => output.Type)];

    /// <summary>The parameters and statistics by their full names, in declaration order.</summary>
    public IReadOnlyList<OracleParameter> Parameters { get; }

    /// <summary>The oracle of a model class, from its attributes in declaration order.</summary>
    public static Oracle For(Type model) => new(model.GetCustomAttributes(typeof(LayerAttribute), inherit: false).Cast<LayerAttribute>());

    /// <summary>The oracle of a model that is given as the attributes that would declare it.</summary>
    public static Oracle For(params IEnumerable<LayerAttribute> layers) => new(layers);

    /// <summary>What a predictor shows: [output][sample][element]; probabilities or decisions where the output's first loss says so.</summary>
    public double[][][] Predict(double[][][] inputs, IReadOnlyDictionary<string, double[]> parameters)
    {
        var values = Forward(inputs, new OraclePass(OracleMode.Evaluate, parameters, noise: null));
        return [.. _outputs.Select(output => _losses.Where(loss => loss.Value == output).Select(loss => loss.Loss).FirstOrDefault() is { } shown
            ? [.. values[output].Select(shown.Prediction)]
            : values[output])];
    }

    /// <summary>Each loss, its weight included, with running statistics and without dropout.</summary>
    public double[] Evaluate(OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters) =>
        LossesOf(Forward(batch.Inputs, new OraclePass(OracleMode.Evaluate, parameters, noise: null)), batch.Labels);

    /// <summary>Losses, gradients and new statistics of one step.</summary>
    /// <param name="batch">Inputs and labels.</param>
    /// <param name="parameters">Parameters and statistics by full name.</param>
    /// <param name="mode">Training, or the gradient of the evaluated network.</param>
    /// <param name="noise">The random numbers of dropout layers; needed only where there are some.</param>
    public OracleResult Gradients(
        OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters, OracleMode mode = OracleMode.Train, OracleNoise? noise = null)
    {
        var pass = new OraclePass(mode, parameters, noise);
        var values = Forward(batch.Inputs, pass);
        var gradients = _steps.ToDictionary(step => step, step => values[step].Select(row => new double[row.Length]).ToArray());
        foreach (var ((value, loss), labels) in _losses.Zip(batch.Labels))
        {
            Accumulate(gradients[value], loss.Gradient(values[value], labels));
        }

        foreach (var step in Enumerable.Reverse(_steps))
        {
            if (step is { Layer: { } layer, Input: { } input })
            {
                Accumulate(gradients[input], layer.Backward(values[input], values[step], gradients[step], pass));
            }
        }

        return new OracleResult(
            LossesOf(values, batch.Labels),
            [.. _outputs.Select(output => values[output])],
            pass.Gradients,
            [.. _steps.Where(step => step.Layer is null).Select(step => gradients[step])],
            pass.Statistics);
    }

    private Dictionary<Step, double[][]> Forward(double[][][] inputs, OraclePass pass)
    {
        var values = new Dictionary<Step, double[][]>();
        foreach (var step in _steps)
        {
            values[step] = step is { Layer: { } layer, Input: { } input } ? layer.Forward(values[input], pass) : inputs[step.InputIndex];
        }

        return values;
    }

    private double[] LossesOf(Dictionary<Step, double[][]> values, double[][][] labels) =>
        [.. _losses.Zip(labels, (loss, given) => loss.Loss.Value(values[loss.Value], given))];

    private static void Accumulate(double[][] sums, double[][] addends)
    {
        for (var sample = 0; sample < sums.Length; sample++)
        {
            for (var i = 0; i < sums[sample].Length; i++)
            {
                sums[sample][i] += addends[sample][i];
            }
        }
    }

    /// <summary>The end of a chain: the current one, or the one named <c>output</c>, <c>output_2</c> and so on.</summary>
    private Step Judged(string? on) =>
        on is null ? _outputs[^1] : _outputs[on == "output" ? 0 : int.Parse(on["output_".Length..], CultureInfo.InvariantCulture) - 1];

    private static OracleType Declared(LayerAttribute attribute) => attribute switch
    {
        InputAttribute a => OracleType.ChannelsFirst(a.Shape),
        SequenceAttribute a => new OracleType([a.Length, a.Features], [OracleRole.Time, OracleRole.Feature]),
        TokensAttribute a => new OracleType([a.Length], [OracleRole.Time], a.Vocabulary),
        _ => throw new NotSupportedException($"The oracle knows no input {attribute.GetType().Name}."),
    };

    /// <summary>The kind of a layer as its parameters are named after it: <c>batch_norm</c> of BatchNorm, <c>conv2d</c> of Conv2D.</summary>
    private static string Stem(LayerAttribute attribute) =>
        WordBoundary().Replace(attribute.GetType().Name[..^"Attribute".Length], "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBoundary();

    /// <summary>A layer in its network; an input has no layer.</summary>
    private sealed class Step(OracleLayer? layer, Step? input, int inputIndex, OracleType type)
    {
        public OracleLayer? Layer { get; } = layer;

        public Step? Input { get; } = input;

        public int InputIndex { get; } = inputIndex;

        public OracleType Type { get; } = type;
    }
}
