using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// What a network remembers of a stream between two steps: the states of its recurrent layers, and whatever else a layer
/// keeps of the steps before. One predictor can serve many streams, each with a state of its own.
/// </summary>
public sealed class StreamState
{
    private readonly ModelDefinition _definition;
    private readonly OneSampleProgram _program;
    private readonly AlignedBuffer _memory;

    internal StreamState(ModelDefinition definition, OneSampleProgram program)
    {
        _definition = definition;
        _program = program;
        _memory = new AlignedBuffer(program.StateWords);
        Names = Array.ConvertAll(program.States, state => state.Name);
    }

    /// <summary>The names of its parts, such as <c>lstm_1.state</c> and <c>lstm_1.cell</c>, in the order of the layers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The numbers of a part, to be read or set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no part of that name.</exception>
    public Span<float> this[string name]
    {
        get
        {
            foreach (var state in _program.States)
            {
                if (state.Name == name)
                {
                    return _memory.Span.Slice(state.Offset, state.Length);
                }
            }

            throw new KeyNotFoundException($"A stream of {_definition.Name} remembers no '{name}'{NearestName.Suggestion(name, Names)}");
        }
    }

    internal ref float First => ref _memory.First;

    /// <summary>Forgets the stream: the next step is its first.</summary>
    public void Reset() => _memory.Span.Clear();

    /// <summary>Makes another state equal to this one; allocates nothing.</summary>
    /// <param name="destination">A state of the same model.</param>
    /// <exception cref="ArgumentException">The other state is of another model.</exception>
    public void CopyTo(StreamState destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CheckModel(destination._definition, nameof(destination));
        _memory.Span.CopyTo(destination._memory.Span);
    }

    /// <summary>A state of its own that is equal to this one, for a stream that goes on in two ways.</summary>
    public StreamState Clone()
    {
        var copy = new StreamState(_definition, _program);
        CopyTo(copy);
        return copy;
    }

    /// <summary>Writes all parts under their names as a safetensors file; a file of that name is replaced as a whole.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writer = new SafetensorsWriter();
        writer.AddMetadata(ModelFile.ModelKey, _definition.Name);
        foreach (var state in _program.States)
        {
            writer.AddTensor(state.Name, [state.Length], _memory.Words.AsMemory(_memory.Start + state.Offset, state.Length));
        }

        writer.Write(path);
    }

    /// <summary>Reads all parts from a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is damaged, or not of a stream of this model; the state is as it was.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new SafetensorsReader(path);
        var loaded = new float[_memory.Length];
        var destinations = new Dictionary<string, Memory<float>>();
        foreach (var state in _program.States)
        {
            if (!reader.Header.Tensors.TryGetValue(state.Name, out var tensor))
            {
                throw new ModelFormatException(path, state.Name, "no such tensor", $"one of shape ({state.Length}){NearestName.Suggestion(state.Name, reader.Header.Tensors.Keys)}");
            }

            if (!tensor.HasShape([state.Length]) || !tensor.IsFloat)
            {
                throw new ModelFormatException(path, state.Name, $"{tensor.Type} {tensor.ShapeText}", $"numbers of shape ({state.Length})");
            }

            destinations[state.Name] = loaded.AsMemory(state.Offset, state.Length);
        }

        reader.Read(destinations);
        loaded.CopyTo(_memory.Span);
    }

    /// <summary>Refuses the state for a predictor of another model.</summary>
    internal void CheckModel(ModelDefinition definition, string argument)
    {
        if (!ReferenceEquals(definition, _definition))
        {
            throw new ArgumentException($"{argument}: a state of {_definition.Name}; expected one of {definition.Name}.", argument);
        }
    }
}
