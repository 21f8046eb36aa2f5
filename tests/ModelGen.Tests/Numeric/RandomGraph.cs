namespace ModelGen.Tests.Numeric;

/// <summary>
/// A valid graph of random layers with skips, the same for the same seed: knows the shape of every labelled value, so that
/// whatever it merges fits, and declares only labels that it takes.
/// </summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly List<string> _layers = [];
    private readonly List<(int After, string Label, int[] Shape)> _values = [];
    private readonly SortedDictionary<int, string> _labels = [];
    private int[] _shape;

    public RandomGraph(int seed)
    {
        _random = new Random(seed);
        _shape = _random.Next(3) switch
        {
            0 => [_random.Next(1, 10)],
            1 => [_random.Next(1, 5), _random.Next(3, 9)],
            _ => [_random.Next(1, 5), _random.Next(3, 7), _random.Next(3, 7)],
        };
        Push($"Input({string.Join(", ", _shape)})", _shape);
        Learn();
        var count = _random.Next(2, 10);
        for (var i = 0; i < count; i++)
        {
            Append();
        }

        Push(_random.Next(2) == 0 ? "MeanSquaredError" : "Huber", _shape);
    }

    /// <summary>The attributes of the model.</summary>
    public string Layers => string.Join(", ", _layers.SelectMany((layer, index) => _labels.TryGetValue(index, out var label) ? new[] { layer, $"Label(\"{label}\")" } : [layer]));

    /// <summary>The labels of the model.</summary>
    public IReadOnlyCollection<string> Labels => _labels.Values;

    private void Append()
    {
        switch (_random.Next(9))
        {
            case 0 or 1 when Find(shape => shape.SequenceEqual(_shape)) is { } same:
                Push($"Add(\"{same}\")", _shape);
                break;
            case 2 or 3 when _shape[0] < 24 && Find(shape => shape.Length == _shape.Length && shape.Skip(1).SequenceEqual(_shape.Skip(1))) is { } beside:
                Push($"Concat(\"{beside}\")", [_shape[0] + ShapeOf(beside)[0], .. _shape.Skip(1)]);
                break;
            case 4 when Find(shape => shape.SequenceEqual(_shape) || (shape.Length == 1 && shape[0] == _shape[0])) is { } scale:
                Push($"Multiply(\"{scale}\")", _shape);
                break;
            case 5 when Find(shape => shape.Length == _shape.Length && shape.Zip(_shape).Skip(1).All(pair => Fits(pair.First, pair.Second))) is { } other:
                Push($"Add(\"{other}\", Project = true)", _shape);
                break;
            case 6:
                Push(Pick("ReLU", "Tanh", "Sigmoid", "SiLU", "LeakyReLU", "BatchNorm"), _shape);
                break;
            default:
                Learn();
                break;
        }
    }

    private void Learn()
    {
        if (_shape.Length == 1)
        {
            var units = _random.Next(1, 9);
            Push($"Dense({units})", [units]);
            return;
        }

        // Mostly of the same size, so that there is something to merge with.
        var (filters, stride) = (_random.Next(3) == 0 ? _random.Next(1, 7) : _shape[0], _random.Next(4) == 0 ? 2 : 1);
        Push($"Conv{_shape.Length - 1}D({filters}, 3, Stride = {stride}, Padding = Pad.Same)", [filters, .. _shape.Skip(1).Select(extent => (extent + stride - 1) / stride)]);
    }

    private static bool Fits(int from, int to) => to <= from && (from + ((from - 1) / to)) / (((from - 1) / to) + 1) == to;

    private string? Find(Func<int[], bool> suits)
    {
        var candidates = _values.Where(value => suits(value.Shape)).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var chosen = candidates[_random.Next(candidates.Count)];
        _labels[chosen.After] = chosen.Label;
        return chosen.Label;
    }

    private int[] ShapeOf(string label) => _values.Single(value => value.Label == label).Shape;

    private void Push(string layer, int[] shape)
    {
        _shape = shape;
        _values.Add((_layers.Count, $"v{_layers.Count}", shape));
        _layers.Add(layer);
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
