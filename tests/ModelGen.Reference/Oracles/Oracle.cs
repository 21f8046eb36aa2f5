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
    private readonly List<(Step Value, TimedLoss Loss)> _losses = [];
    private readonly Dictionary<string, Step> _labels = [];
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
                    _steps.Add(new Step(null, null, null, inputs, Declared(attribute, inputs)));
                    inputs++;
                    _outputs.Add(_steps[^1]);
                    break;
                case LossAttribute loss:
                    var judged = Judged(loss.On);
                    _losses.Add((judged, new TimedLoss(loss, judged.Type)));
                    break;
                default:
                    var memory = MemoryOf(attribute) is { } label ? _labels[label] : null;
                    var layer = LayerCatalogue.Create(
                        attribute, name, _steps[^1].Type, memory is null ? null : new OracleMemory(memory.Layer, memory.Type), () => streams++);
                    _steps.Add(new Step(layer, _steps[^1], memory, -1, layer.Output));
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
    public IReadOnlyList<OracleLoss> Losses => [.. _losses.Select(loss => loss.Loss.Whole)];

    /// <summary>The types of the outputs, in declaration order.</summary>
    public IReadOnlyList<OracleType> Outputs => [.. _outputs.Select(output => output.Type)];

    /// <summary>The parameters and statistics by their full names, in declaration order.</summary>
    public IReadOnlyList<OracleParameter> Parameters { get; }

    /// <summary>The oracle of a model class, from its attributes in declaration order.</summary>
    public static Oracle For(Type model) => new(model.GetCustomAttributes(typeof(LayerAttribute), inherit: false).Cast<LayerAttribute>());

    /// <summary>The oracle of a model that is given as the attributes that would declare it.</summary>
    public static Oracle For(params IEnumerable<LayerAttribute> layers) => new(layers);

    /// <summary>What a predictor shows: [output][sample][element]; probabilities or decisions where the output's first loss says so.</summary>
    public double[][][] Predict(double[][][] inputs, IReadOnlyDictionary<string, double[]> parameters) =>
        Predict(new OracleBatch(inputs, []), parameters);

    /// <summary>What a predictor shows of samples that have lengths or follow others.</summary>
    public double[][][] Predict(OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters)
    {
        var values = Forward(batch.Inputs, new OraclePass(OracleMode.Evaluate, parameters, noise: null, batch.Lengths, batch.States));
        return [.. _outputs.Select(output => _losses.Where(loss => loss.Value == output).Select(loss => loss.Loss.Whole).FirstOrDefault() is { } shown
            ? [.. values[output].Select(shown.Prediction)]
            : values[output])];
    }

    /// <summary>Each loss, its weight included, with running statistics and without dropout.</summary>
    public double[] Evaluate(OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters)
    {
        var pass = new OraclePass(OracleMode.Evaluate, parameters, noise: null, batch.Lengths, batch.States);
        return LossesOf(Forward(batch.Inputs, pass), batch.Labels, pass);
    }

    /// <summary>Losses, gradients and new statistics of one step.</summary>
    /// <param name="batch">Inputs and labels.</param>
    /// <param name="parameters">Parameters and statistics by full name.</param>
    /// <param name="mode">Training, or the gradient of the evaluated network.</param>
    /// <param name="noise">The random numbers of dropout layers; needed only where there are some.</param>
    public OracleResult Gradients(
        OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters, OracleMode mode = OracleMode.Train, OracleNoise? noise = null)
    {
        var pass = new OraclePass(mode, parameters, noise, batch.Lengths, batch.States);
        var values = Forward(batch.Inputs, pass);
        var gradients = _steps.ToDictionary(step => step, step => values[step].Select(row => new double[row.Length]).ToArray());
        foreach (var ((value, loss), labels) in _losses.Zip(batch.Labels))
        {
            Accumulate(gradients[value], loss.Gradient(values[value], labels, pass));
        }

        foreach (var step in Enumerable.Reverse(_steps))
        {
            if (step is { Layer: MemoryOracle merging, Input: { } from })
            {
                Accumulate(gradients[from], merging.Backward(
                    values[from], At(values, step.Memory), values[step], gradients[step], At(gradients, step.Memory), pass));
            }
            else if (step is { Layer: { } layer, Input: { } input })
            {
                Accumulate(gradients[input], layer.Backward(values[input], values[step], gradients[step], pass));
            }
        }

        return new OracleResult(
            LossesOf(values, batch.Labels, pass),
            [.. _outputs.Select(output => values[output])],
            pass.Gradients,
            [.. _steps.Where(step => step.Layer is null).Select(step => Padded(gradients[step], step.Type, pass))],
            pass.Statistics,
            pass.States);
    }

    private Dictionary<Step, double[][]> Forward(double[][][] inputs, OraclePass pass)
    {
        var values = new Dictionary<Step, double[][]>();
        foreach (var step in _steps)
        {
            values[step] = step switch
            {
                { Layer: MemoryOracle merging, Input: { } from } => merging.Forward(values[from], At(values, step.Memory), pass),
                { Layer: { } layer, Input: { } input } => layer.Forward(values[input], pass),
                _ => Padded(inputs[step.InputIndex], step.Type, pass),
            };
        }

        return values;
    }

    private static double[][]? At(Dictionary<Step, double[][]> values, Step? step) => step is null ? null : values[step];

    /// <summary>An input as it is read: numbers beyond a sample's length are zero.</summary>
    private static double[][] Padded(double[][] rows, OracleType type, OraclePass pass) => type.Lengths < 0 || type.Vocabulary > 0
        ? rows
        : [.. rows.Select((row, sample) => row.Select((x, i) => i < pass.Steps(type, sample) * type.Extents[1] ? x : 0).ToArray())];

    private double[] LossesOf(Dictionary<Step, double[][]> values, double[][][] labels, OraclePass pass) =>
        [.. _losses.Zip(labels, (loss, given) => loss.Loss.Value(values[loss.Value], given, pass))];

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

    private static OracleType Declared(LayerAttribute attribute, int input) => attribute switch
    {
        InputAttribute a => OracleType.ChannelsFirst(a.Shape),
        SequenceAttribute a => new OracleType([a.Length, a.Features], [OracleRole.Time, OracleRole.Feature], Lengths: a.Lengths ? input : -1),
        TokensAttribute a => new OracleType([a.Length], [OracleRole.Time], a.Vocabulary, a.Lengths ? input : -1),
        _ => throw new NotSupportedException($"The oracle knows no input {attribute.GetType().Name}."),
    };

    /// <summary>The label of the value that a layer takes beside the one before it.</summary>
    private static string? MemoryOf(LayerAttribute attribute) => attribute switch
    {
        RecurrentAttribute a => a.InitialState,
        AttentionAttribute a => a.Memory,
        MultiHeadAttentionAttribute a => a.Memory,
        _ => null,
    };

    /// <summary>The kind of a layer as its parameters are named after it: <c>batch_norm</c> of BatchNorm, <c>conv2d</c> of Conv2D.</summary>
    private static string Stem(LayerAttribute attribute) =>
        WordBoundary().Replace(attribute.GetType().Name[..^"Attribute".Length], "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBoundary();

    /// <summary>A layer in its network; an input has no layer.</summary>
    private sealed class Step(OracleLayer? layer, Step? input, Step? memory, int inputIndex, OracleType type)
    {
        public OracleLayer? Layer { get; } = layer;

        public Step? Input { get; } = input;

        /// <summary>The labelled value it takes beside.</summary>
        public Step? Memory { get; } = memory;

        public int InputIndex { get; } = inputIndex;

        public OracleType Type { get; } = type;
    }
}
