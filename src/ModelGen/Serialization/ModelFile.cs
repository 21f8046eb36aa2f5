namespace ModelGen;

/// <summary>
/// Parameters in files of the safetensors format, which PyTorch, JAX and others read and write. Loading changes all
/// parameters or none.
/// </summary>
public static class ModelFile
{
    /// <summary>The metadata that names the model class.</summary>
    internal const string ModelKey = "model";

    /// <summary>Writes all parameters and statistics under their names; a file of that name is replaced as a whole.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="parameters">The parameters of a model.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, ParameterSet parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        var writer = new SafetensorsWriter();
        writer.AddMetadata(ModelKey, parameters.ModelName);
        foreach (var parameter in parameters)
        {
            writer.AddTensor(parameter.Name, parameter.Shape.ToArray(), MemoryOf(parameters.Arena, parameter));
        }

        writer.Write(path);
    }

    /// <summary>
    /// Reads all parameters and statistics. Each must be in the file with its shape, as F32, F16, BF16 or F64; without
    /// <paramref name="names"/> the file may hold nothing else.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters of a model.</param>
    /// <param name="names">
    /// For a file of other names: from names of parameters here to names in the file. Those that are not in the map have the
    /// same name in both; what else the file holds is passed over.
    /// </param>
    /// <exception cref="ModelFormatException">The file is damaged, or does not hold these parameters; they are as they were.</exception>
    /// <exception cref="ArgumentException">A key of <paramref name="names"/> is not the name of a parameter.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static void Load(string path, ParameterSet parameters, IReadOnlyDictionary<string, string>? names = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var name in names?.Keys ?? [])
        {
            if (!parameters.TryGet(name, out _))
            {
                throw new ArgumentException(
                    $"{parameters.ModelName} has no parameter '{name}'{NearestName.Suggestion(name, parameters.Select(parameter => parameter.Name))}", nameof(names));
            }
        }

        using var reader = new SafetensorsReader(path);
        if (names is null && reader.Header.Metadata.ContainsKey(Checkpoint.FormatKey))
        {
            throw new ModelFormatException(path, "format", "a training checkpoint", "the parameters of a model; Checkpoint.Load reads checkpoints");
        }

        var staging = new StagedTensors(path, reader.Header);
        var loaded = staging.Add(parameters, name => names?.GetValueOrDefault(name) ?? name);
        if (names is null)
        {
            staging.RefuseOthers();
        }

        reader.Read(staging.Destinations);
        loaded.CopyTo(parameters.Words);
    }

    /// <summary>The place of a parameter in an arena that is laid out as its own.</summary>
    internal static ReadOnlyMemory<float> MemoryOf(AlignedBuffer arena, Parameter parameter) =>
        arena.Words.AsMemory(arena.Start + parameter.Offset, parameter.Length);
}
