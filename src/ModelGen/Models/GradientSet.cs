using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// The gradients of all trained parameters, as a trainer computed them last; mirrors the <see cref="ParameterSet"/>
/// without its statistics.
/// </summary>
public sealed class GradientSet : IReadOnlyList<Gradient>
{
    private readonly string _modelName;
    private readonly Gradient[] _gradients;
    private readonly Dictionary<string, Gradient> _byName;
    private readonly string[] _layers;
    private readonly Gradient[][] _ofLayer;

    internal GradientSet(ModelDefinition definition, ParameterSet parameters, AlignedBuffer arena)
    {
        _modelName = parameters.ModelName;
        _gradients = [.. parameters.Where(parameter => !parameter.IsStatistic).Select(parameter => new Gradient(arena, parameter))];
        _byName = _gradients.ToDictionary(gradient => gradient.Name, StringComparer.Ordinal);
        var names = definition.Layers.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        var layers = _gradients.GroupBy(gradient => LayerOf(gradient.Name, names), StringComparer.Ordinal).ToArray();
        _layers = Array.ConvertAll(layers, layer => layer.Key);
        _ofLayer = Array.ConvertAll(layers, layer => layer.ToArray());
    }

    /// <summary>The number of trained parameters.</summary>
    public int Count => _gradients.Length;

    /// <summary>The names of the layers that have trained parameters, in declaration order.</summary>
    public IReadOnlyList<string> Layers => _layers;

    /// <summary>The Euclidean norm of all gradients together: what <see cref="Optimizer.ClipNorm"/> limits, before it does.</summary>
    public float Norm => NormOf(_gradients);

    /// <summary>Writes the Euclidean norm of the gradients of each layer. Allocates nothing.</summary>
    /// <param name="norms">Receives a number for each of <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="norms"/> has another length.</exception>
    public void GetLayerNorms(Span<float> norms)
    {
        if (norms.Length != _layers.Length)
        {
            throw new ArgumentException($"norms: {norms.Length} numbers; expected {_layers.Length}, one for each layer with parameters.", nameof(norms));
        }

        for (var layer = 0; layer < norms.Length; layer++)
        {
            norms[layer] = NormOf(_ofLayer[layer]);
        }
    }

    private static float NormOf(Gradient[] gradients)
    {
        var sum = 0.0;
        foreach (var gradient in gradients)
        {
            sum += gradient.SumOfSquares;
        }

        return (float)Math.Sqrt(sum);
    }

    // A parameter's name is its layer's and a point before its own, which may hold points too.
    private static string LayerOf(string parameter, HashSet<string> layers)
    {
        for (var end = parameter.LastIndexOf('.'); end > 0; end = parameter.LastIndexOf('.', end - 1))
        {
            if (layers.Contains(parameter[..end]))
            {
                return parameter[..end];
            }
        }

        return parameter[..Math.Max(0, parameter.LastIndexOf('.'))];
    }

    /// <summary>The gradient at a position, in the order of the parameters.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none at the position.</exception>
    public Gradient this[int index] => _gradients[index];

    /// <summary>The gradient of a parameter, such as <c>conv2d_1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message says which comes nearest.</exception>
    public Gradient this[string name] =>
        TryGet(name, out var gradient)
            ? gradient
            : throw new KeyNotFoundException($"{_modelName} has no gradient of '{name}'{NearestName.Suggestion(name, _byName.Keys)}");

    /// <summary>Looks for a gradient by the name of the parameter.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Gradient? gradient) => _byName.TryGetValue(name, out gradient);

    /// <summary>The gradients in the order of the parameters.</summary>
    public IEnumerator<Gradient> GetEnumerator() => ((IEnumerable<Gradient>)_gradients).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
