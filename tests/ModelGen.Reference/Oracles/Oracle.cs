using System.Text.RegularExpressions;
using ModelGen.Reference.Oracles.Layers;

namespace ModelGen.Reference.Oracles;

/// <summary>
/// A whole model as textbook formulas in double precision: what a compiled model is compared with. Reads the same
/// attributes as the compiler, and shares nothing else with it.
/// </summary>
internal sealed partial class Oracle
{
    private readonly List<Step> _steps = [];
    private readonly List<(Step Value, TimedLoss Loss)> _losses = [];
    private readonly List<Step> _outputs = [];
    private readonly List<string> _outputNames = [];
    private HashSet<string> _taken = [];
    private Step? _current;
    private bool _isSelected;
    private int _inputs;
    private int _streams;
    private int _unnamed;

    private Oracle(IEnumerable<LayerAttribute> attributes)
    {
        Declare([.. attributes], "", null, []);
        EndChain();
        Inputs = [.. _steps.Where(step => step.Layer is null).Select(step => step.Type)];
        Parameters =
        [
            .. _steps.Select(step => step.Layer).OfType<OracleLayer>()
                .SelectMany(layer => layer.Parameters.Select(parameter => parameter with { Name = layer.FullName(parameter.Name) })),
        ];
    }

    /// <summary>Adds the layers of the model or of a block in it; returns the value they end with.</summary>
    private Step? Declare(IReadOnlyList<LayerAttribute> attributes, string prefix, Step? current, Dictionary<string, Step> labels)
    {
        var counts = new Dictionary<string, int>();
        var isBlock = prefix.Length > 0;
        _taken = isBlock ? _taken : [.. attributes.Select(LabelOf).OfType<string>()];
        foreach (var attribute in attributes)
        {
            if (attribute is LabelAttribute label)
            {
                labels[label.Value] = current!;
                continue;
            }

            if (attribute is FromAttribute from)
            {
                current = labels[from.Value];
                (_current, _isSelected) = isBlock ? (_current, _isSelected) : (current, true);
                continue;
            }

            if (attribute is OutputAttribute)
            {
                _outputs.Add(current!);
                _outputNames.Add(((OutputAttribute)attribute).Value);
                continue;
            }

            var stem = Stem(attribute);
            counts[stem] = counts.GetValueOrDefault(stem) + 1;
            var name = prefix + (attribute.Name ?? $"{stem}_{counts[stem]}");
            switch (attribute)
            {
                case InputAttribute or SequenceAttribute or TokensAttribute:
                    EndChain(labels);
                    current = Add(new Step(null, null, null, _inputs, Declared(attribute, _inputs++)));
                    break;
                case LossAttribute loss:
                    var judged = loss.On is null ? OutputOf(current!) : Judged(loss.On, current);
                    _losses.Add((judged, new TimedLoss(loss, judged.Type)));
                    break;
                case BlockAttribute block:
                    current = Declare(BlockLayers.Of(block), name + ".", current, new Dictionary<string, Step> { [Block.Input] = current! });
                    break;
                default:
                    var memory = LabelOf(attribute) is { } taken ? labels[taken] : null;
                    var layer = LayerCatalogue.Create(
                        attribute, name, current!.Type, memory is null ? null : new OracleMemory(memory.Layer, memory.Type), () => _streams++);
                    current = Add(new Step(layer, current, memory, -1, layer.Output));
                    break;
            }

            (_current, _isSelected) = isBlock ? (_current, _isSelected) : (current, false);
        }

        return current;
    }

    private static string? LabelOf(LayerAttribute attribute) => attribute switch
    {
        FromAttribute a => a.Value,
        AddAttribute a => a.Label,
        MultiplyAttribute a => a.Label,
        ConcatAttribute a => a.Label,
        DenseAttribute a => a.Tied,
        RecurrentAttribute a => a.InitialState,
        AttentionAttribute a => a.Memory,
        MultiHeadAttentionAttribute a => a.Memory,
        _ => null,
    };

    private Step Add(Step step)
    {
        _steps.Add(step);
        return step;
    }

    /// <summary>The end of a chain is an output, unless it has a label that something takes.</summary>
    private void EndChain(Dictionary<string, Step>? labels = null)
    {
        if (_current is not null && (labels is null || _isSelected || !labels.Any(label => label.Value == _current && _taken.Contains(label.Key))))
        {
            OutputOf(_current);
        }
    }

    private Step OutputOf(Step value)
    {
        if (!_outputs.Contains(value))
        {
            _outputs.Add(value);
            _unnamed++;
            _outputNames.Add(_unnamed == 1 ? "output" : $"output_{_unnamed}");
        }

        return value;
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

    /// <summary>What the sum of each loss is multiplied with: its weight divided by the number of labels that count.</summary>
    public double[] Scales(OracleBatch batch, IReadOnlyDictionary<string, double[]> parameters)
    {
        var pass = new OraclePass(OracleMode.Evaluate, parameters, noise: null, batch.Lengths, batch.States);
        var values = Forward(batch.Inputs, pass);
        return [.. _losses.Zip(batch.Labels, (loss, labels) => loss.Loss.Scale(values[loss.Value], labels, pass))];
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
            if (step is { Layer: MergingOracle two, Input: { } first, Memory: { } second })
            {
                var slopes = two.Backward([values[first], values[second]], values[step], gradients[step], pass);
                Accumulate(gradients[first], slopes[0]);
                Accumulate(gradients[second], slopes[1]);
            }
            else if (step is { Layer: MemoryOracle merging, Input: { } from })
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
                { Layer: MergingOracle two, Input: { } first, Memory: { } second } => two.Forward([values[first], values[second]], pass),
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

    /// <summary>The output of a name: an earlier one, or the current value that would get it.</summary>
    private Step Judged(string on, Step? current) => _outputNames.IndexOf(on) is >= 0 and var index ? _outputs[index] : OutputOf(current!);

    private static OracleType Declared(LayerAttribute attribute, int input) => attribute switch
    {
        InputAttribute a => OracleType.ChannelsFirst(a.Shape),
        SequenceAttribute a => new OracleType([a.Length, a.Features], [OracleRole.Time, OracleRole.Feature], Lengths: a.Lengths ? input : -1),
        TokensAttribute a => new OracleType([a.Length], [OracleRole.Time], a.Vocabulary, a.Lengths ? input : -1),
        _ => throw new NotSupportedException($"The oracle knows no input {attribute.GetType().Name}."),
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
