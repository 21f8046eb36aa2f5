using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// All parameters and statistics of a model, one after another in one 64-byte aligned arena: the trained parameters in
/// declaration order, then the statistics.
/// </summary>
/// <remarks>May be read by any number of threads, but not while a trainer's step or a loader writes.</remarks>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly ModelDefinition _definition;
    private readonly AlignedBuffer _arena;
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Parameter> _byName;

    /// <summary>Parameters with their first values.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="seed">Where random first values come from; the same seed gives the same values on every machine.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterSet(ModelDefinition definition, int seed)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
        _arena = new AlignedBuffer(AlignedBuffer.RoundUp(definition.ParameterWords));
        _parameters = new Parameter[definition.Parameters.Length];
        _byName = new Dictionary<string, Parameter>(_parameters.Length, StringComparer.Ordinal);
        for (var i = 0; i < _parameters.Length; i++)
        {
            var parameter = new Parameter(this, definition.Parameters[i], i);
            _parameters[i] = parameter;
            _byName.Add(parameter.Name, parameter);

            // A sequence of its own for each, so that adding a layer leaves the values before it as they were.
            parameter.Initialize(SeededRandom.Derive(seed, i));
        }
    }

    /// <summary>The number of parameters and statistics.</summary>
    public int Count => _parameters.Length;

    /// <summary>The number of values of all trained parameters.</summary>
    public long TrainedValues
    {
        get
        {
            long values = 0;
            foreach (var parameter in _parameters)
            {
                values += parameter.IsStatistic ? 0 : parameter.Length;
            }

            return values;
        }
    }

    /// <summary>The name of the model class.</summary>
    public string ModelName => _definition.Name;

    /// <summary>All words of the arena: every parameter at its place, padding in between. Whoever asks may write, which counts as a change.</summary>
    internal Span<float> Words
    {
        get
        {
            ValuesVersion++;
            return _arena.Span;
        }
    }

    /// <summary>Changes whenever values may have changed; what was prepared from them is then out of date.</summary>
    internal int ValuesVersion { get; private set; }

    /// <summary>The arena.</summary>
    internal AlignedBuffer Arena => _arena;

    /// <summary>The words that belong to trained parameters; they come first.</summary>
    internal int TrainedWords => _definition.TrainedWords;

    /// <summary>Counts the changes of <see cref="Parameter.IsFrozen"/> and the scales.</summary>
    internal int SettingsVersion { get; set; }

    /// <summary>The parameter or statistic at a position, in declaration order.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none at the position.</exception>
    public Parameter this[int index] => _parameters[index];

    /// <summary>The parameter or statistic of a name, such as <c>conv2d_1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message says which comes nearest.</exception>
    public Parameter this[string name] =>
        TryGet(name, out var parameter)
            ? parameter
            : throw new KeyNotFoundException(
                $"{ModelName} has no parameter '{name}'{NearestName.Suggestion(name, _byName.Keys)}");

    /// <summary>Looks for a parameter or statistic by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Parameter? parameter) => _byName.TryGetValue(name, out parameter);

    /// <summary>Copies the values of another set of parameters of the same model.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> belongs to another model.</exception>
    public void CopyFrom(ParameterSet source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source._definition != _definition)
        {
            throw new ArgumentException($"The parameters of {source.ModelName} cannot be copied to those of {ModelName}.", nameof(source));
        }

        source.Words.CopyTo(Words);
    }

    /// <summary>A copy with an arena of its own: the same values, and the same settings for optimizers.</summary>
    public ParameterSet Clone()
    {
        var clone = new ParameterSet(_definition, seed: 0);
        clone.CopyFrom(this);
        for (var i = 0; i < _parameters.Length; i++)
        {
            clone[i].IsFrozen = _parameters[i].IsFrozen;
            clone[i].LearningRateScale = _parameters[i].LearningRateScale;
            clone[i].WeightDecayScale = _parameters[i].WeightDecayScale;
        }

        return clone;
    }

    /// <summary>The parameters and statistics in declaration order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
