using System.Collections;
using System.Diagnostics.CodeAnalysis;

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

    internal GradientSet(ParameterSet parameters, AlignedBuffer arena)
    {
        _modelName = parameters.ModelName;
        _gradients = [.. parameters.Where(parameter => !parameter.IsStatistic).Select(parameter => new Gradient(arena, parameter))];
        _byName = _gradients.ToDictionary(gradient => gradient.Name, StringComparer.Ordinal);
    }

    /// <summary>The number of trained parameters.</summary>
    public int Count => _gradients.Length;

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
