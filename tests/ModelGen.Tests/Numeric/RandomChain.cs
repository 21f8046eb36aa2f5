namespace ModelGen.Tests.Numeric;

/// <summary>A valid model of random layers, the same for the same seed: follows the shape so that every layer fits.</summary>
internal sealed class RandomChain
{
    private const int MostElements = 200;

    private readonly Random _random;
    private readonly List<string> _layers = [];
    private int[] _shape;
    private bool _isSequence;

    public RandomChain(int seed)
    {
        _random = new Random(seed);
        _shape = [];
        Begin();
        var count = _random.Next(2, 7);
        for (var i = 0; i < count; i++)
        {
            Append();
        }

        // Something must learn.
        if (!_layers.Any(layer => layer.StartsWith("Dense", StringComparison.Ordinal) || layer.Contains("Conv", StringComparison.Ordinal)))
        {
            Flatten();
            Dense();
        }

        // A choice among one class, and a sigmoid of a sigmoid, are refused.
        List<string> losses = ["MeanSquaredError", "Huber"];
        losses.AddRange(_layers[^1] == "Sigmoid" ? [] : ["BinaryCrossEntropy"]);
        losses.AddRange((_isSequence ? _shape[^1] : _shape[0]) == 1 ? [] : ["SoftmaxCrossEntropy"]);
        _layers.Add(Pick([.. losses]));
    }

    /// <summary>The attributes of the model.</summary>
    public string Layers => string.Join(", ", _layers);

    private void Begin()
    {
        _isSequence = _random.Next(5) == 0;
        _shape = _isSequence ? [_random.Next(1, 8), _random.Next(1, 6)] : _random.Next(5) switch
        {
            0 => [_random.Next(1, 20)],
            1 => [_random.Next(1, 5), _random.Next(3, 12)],
            2 => [_random.Next(1, 4), _random.Next(2, 5), _random.Next(2, 6), _random.Next(2, 6)],
            _ => [_random.Next(1, 4), _random.Next(3, 9), _random.Next(3, 9)],
        };
        _layers.Add($"{(_isSequence ? "Sequence" : "Input")}({string.Join(", ", _shape)})");
    }

    private void Append()
    {
        switch (_random.Next(10))
        {
            case 0 or 1:
                _layers.Add(Pick("ReLU", "LeakyReLU", "ELU", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus"));
                break;
            case 2 when _shape.Length < 3 && _shape[^1] > 1:
                _layers.Add("LayerNorm");
                break;
            case 3:
                _layers.Add("BatchNorm");
                break;
            case 4:
                _layers.Add(Pick("Dropout(0.2)", "Dropout(0.5)"));
                break;
            case 5 when _shape.Length > 1 && !_isSequence:
                Pool();
                break;
            case 6 when _shape.Length == 3:
                Permute();
                break;
            default:
                Learn();
                break;
        }
    }

    private void Learn()
    {
        if (_shape.Length > 1 && !_isSequence && _random.Next(4) > 0)
        {
            Convolve();
        }
        else
        {
            Flatten();
            Dense();
        }
    }

    private void Convolve()
    {
        var kernel = _random.Next(1, 1 + Math.Min(4, _shape.Skip(1).Min()));
        var stride = _random.Next(1, 3);
        var same = _random.Next(3) == 0;
        var padding = same ? 0 : _random.Next(0, 2);
        var filters = _random.Next(1, 9);
        _layers.Add($"Conv{_shape.Length - 1}D({filters}, {kernel}, Stride = {stride}, Padding = {(same ? "Pad.Same" : padding)})");
        _shape = [filters, .. _shape.Skip(1).Select(extent => same ? (extent + stride - 1) / stride : ((extent + (2 * padding) - kernel) / stride) + 1)];
    }

    private void Pool()
    {
        var size = _random.Next(1, 1 + Math.Min(3, _shape.Skip(1).Min()));
        var stride = _random.Next(1, 3);
        _layers.Add($"{Pick("MaxPool", "AveragePool")}{_shape.Length - 1}D({size}, Stride = {stride})");
        _shape = [_shape[0], .. _shape.Skip(1).Select(extent => ((extent - size) / stride) + 1)];
    }

    private void Permute()
    {
        // Channels stay in front, so that convolutions may follow.
        _layers.Add("Permute(0, 2, 1)");
        _shape = [_shape[0], _shape[2], _shape[1]];
    }

    private void Flatten()
    {
        if (!_isSequence && _shape.Length > 1)
        {
            _layers.Add("Flatten");
            _shape = [_shape.Aggregate((product, extent) => product * extent)];
        }
    }

    private void Dense()
    {
        var units = _random.Next(1, _shape[^1] > MostElements ? 5 : 20);
        _layers.Add($"Dense({units})");
        _shape = [.. _shape[..^1], units];
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
