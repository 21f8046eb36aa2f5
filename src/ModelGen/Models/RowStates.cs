using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Where the rows of a batch stand in the sequences they go through: the states of stateful layers after the last batch, from
/// which the next one goes on. Kept as lanes, [state][block][element][16].
/// </summary>
internal sealed class RowStates
{
    private readonly RowStateDefinition[] _definitions;
    private readonly SampleBatch _samples;
    private readonly LaneBuffers _kept;
    private readonly int _inputs;
    private readonly int _outputs;

    /// <param name="definition">The model.</param>
    /// <param name="samples">The batch, whose buffers hold states behind the inputs and outputs.</param>
    public RowStates(ModelDefinition definition, SampleBatch samples)
    {
        _definitions = definition.States ?? [];
        _samples = samples;
        _inputs = definition.Inputs.Length;
        _outputs = definition.Outputs.Length;
        _kept = new LaneBuffers(Array.ConvertAll(_definitions, state => state.Shape), samples.Capacity);
    }

    /// <summary>Whether the model has states at all.</summary>
    public bool Exist => _definitions.Length > 0;

    /// <summary>The rows that have begun; zero where the next batch begins new ones.</summary>
    public int Rows { get; private set; }

    /// <summary>Lets the next batch begin from zero.</summary>
    public void Reset() => Rows = 0;

    /// <summary>Refuses batches that do not go on row by row.</summary>
    /// <param name="samples">The samples to come, in batches of at most <paramref name="batch"/>.</param>
    /// <param name="batch">The most samples of a batch.</param>
    /// <exception cref="ArgumentException">A batch would have another size than the one before.</exception>
    public void Check(int samples, int batch)
    {
        var first = Math.Min(samples, batch);
        if (!Exist || ((Rows == 0 || Rows == first) && samples % first == 0))
        {
            return;
        }

        var found = Rows != 0 && Rows != first ? $"a batch of {first} samples after batches of {Rows}" : $"{samples} samples, which are no whole number of batches of {first}";
        throw new ArgumentException(
            $"{found}; with stateful layers row b of a batch goes on where row b of the batch before ended. Give as many rows each time, or call ResetState before other ones begin.");
    }

    /// <summary>Gives the program about to run the states of the current samples.</summary>
    public void Load()
    {
        for (var index = 0; index < _definitions.Length; index++)
        {
            var target = _samples.Inputs.Floats(_inputs + index, _samples.Blocks);
            if (Rows == 0)
            {
                target.Clear();
            }
            else
            {
                _kept.Floats(index, _samples.Blocks).CopyTo(target);
            }
        }
    }

    /// <summary>Keeps the states that the program has left.</summary>
    public void Keep()
    {
        if (!Exist)
        {
            return;
        }

        for (var index = 0; index < _definitions.Length; index++)
        {
            _samples.Outputs.Floats(_outputs + index, _samples.Blocks).CopyTo(_kept.Floats(index, _samples.Blocks));

            // Lanes without a row would go on for ever from what they have made of nothing.
            if (_samples.Samples % Lanes.Count is > 0 and var lanes)
            {
                Lanes.ClearFrom(lanes, _kept.Elements[index], ref _kept.Block(index, _samples.Blocks - 1));
            }
        }

        Rows = _samples.Samples;
    }

    /// <summary>Takes over where other rows of the same model stand.</summary>
    public void CopyFrom(RowStates other)
    {
        Rows = other.Rows;
        for (var index = 0; index < _definitions.Length; index++)
        {
            other._kept.Floats(index, Blocks).CopyTo(_kept.Floats(index, Blocks));
        }
    }

    /// <summary>The names of the states of so many rows, and their extents: (rows, elements).</summary>
    public IEnumerable<(string Name, int[] Shape)> Shapes(int rows) =>
        (rows == 0 ? [] : _definitions).Select((state, index) => (state.Name, new[] { rows, _kept.Elements[index] }));

    /// <summary>The states by name: [row][element].</summary>
    public IEnumerable<(string Name, int[] Shape, float[] Values)> ToRows()
    {
        for (var index = 0; index < (Rows == 0 ? 0 : _definitions.Length); index++)
        {
            var elements = _kept.Elements[index];
            var values = new float[Rows * elements];
            for (var block = 0; block < Blocks; block++)
            {
                var first = block * Lanes.Count;
                Lanes.ToRows(ref _kept.Block(index, block), elements, ref values[first * elements], elements, Math.Min(Lanes.Count, Rows - first));
            }

            yield return (_definitions[index].Name, [Rows, elements], values);
        }
    }

    /// <summary>Takes what <see cref="ToRows"/> gave.</summary>
    public void FromRows(int rows, float[][] values)
    {
        Rows = rows;
        for (var index = 0; index < _definitions.Length; index++)
        {
            var elements = _kept.Elements[index];
            for (var block = 0; block < Blocks; block++)
            {
                var first = block * Lanes.Count;
                Lanes.FromRows(ref values[index][first * elements], elements, Math.Min(Lanes.Count, Rows - first), elements, ref _kept.Block(index, block));
            }
        }
    }

    private int Blocks => (Rows + Lanes.Count - 1) / Lanes.Count;
}
