namespace ModelGen;

/// <summary>
/// Where tensors of a file go before anything is changed: arenas laid out as those of a model. Names, shapes and types
/// are checked while destinations are added, before anything is read.
/// </summary>
internal sealed class StagedTensors(string path, SafetensorsHeader header)
{
    private readonly Dictionary<string, Memory<float>> _destinations = [];

    /// <summary>The destinations by the names of the file.</summary>
    public IReadOnlyDictionary<string, Memory<float>> Destinations => _destinations;

    /// <summary>Expects every parameter of a model.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="nameInFile">From a parameter's name to its name in the file.</param>
    /// <param name="trainedOnly">Whether to leave out statistics, and the words that belong to them.</param>
    /// <returns>The arena the values will be in.</returns>
    /// <exception cref="ModelFormatException">A tensor is missing, or has another shape or type.</exception>
    public float[] Add(ParameterSet parameters, Func<string, string> nameInFile, bool trainedOnly = false)
    {
        // Everything is checked first: the arena is as large as the model, the file is known to be as large only then.
        foreach (var parameter in parameters)
        {
            if (!(trainedOnly && parameter.IsStatistic))
            {
                Check(parameter.Shape, nameInFile(parameter.Name));
            }
        }

        var arena = new float[trainedOnly ? parameters.TrainedWords : parameters.Words.Length];
        foreach (var parameter in parameters)
        {
            if (!(trainedOnly && parameter.IsStatistic))
            {
                var name = nameInFile(parameter.Name);
                if (!_destinations.TryAdd(name, arena.AsMemory(parameter.Offset, parameter.Length)))
                {
                    throw new ModelFormatException(path, name, "a tensor that two parameters are to be loaded from", "one of its own for each");
                }
            }
        }

        return arena;
    }

    /// <summary>Expects a tensor.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Its extents.</param>
    /// <returns>Where its values will be.</returns>
    /// <exception cref="ModelFormatException">It is missing, or has another shape or type.</exception>
    public float[] Add(string name, int[] shape)
    {
        Check(shape, name);
        var values = new float[Extents.Product(shape)];
        _destinations.Add(name, values);
        return values;
    }

    /// <summary>Refuses a file that holds tensors nothing was expected of.</summary>
    /// <exception cref="ModelFormatException">There is one.</exception>
    public void RefuseOthers()
    {
        foreach (var tensor in header.InOrder)
        {
            if (!_destinations.ContainsKey(tensor.Name))
            {
                throw new ModelFormatException(
                    path, tensor.Name, $"a tensor {tensor.ShapeText} of a name that the model does not have", $"only its {_destinations.Count} parameters and statistics{NearestName.Suggestion(tensor.Name, _destinations.Keys)}");
            }
        }
    }

    private void Check(ReadOnlySpan<int> shape, string name)
    {
        var expected = Extents.Format(shape);
        if (!header.Tensors.TryGetValue(name, out var tensor))
        {
            throw new ModelFormatException(path, name, "no such tensor", $"one of shape {expected}{NearestName.Suggestion(name, header.Tensors.Keys)}");
        }

        if (!tensor.HasShape(shape))
        {
            throw new ModelFormatException(path, $"{name}.shape", tensor.ShapeText, expected);
        }

        if (!tensor.IsFloat)
        {
            throw new ModelFormatException(path, $"{name}.dtype", tensor.Type, "F32, F16, BF16 or F64");
        }
    }
}
