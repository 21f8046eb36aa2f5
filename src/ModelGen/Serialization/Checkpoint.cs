using System.Collections.ObjectModel;
using System.Globalization;

namespace ModelGen;

/// <summary>
/// A training on disk: parameters, statistics, the optimizer's running means, the states of stateful layers, the number of
/// updates and the seed of random numbers, in one safetensors file. A training that goes on from it computes the same bits as one that was never
/// interrupted. Loading changes everything or nothing.
/// </summary>
/// <remarks>
/// <c>Fit</c> writes and reads checkpoints by itself. The schedule, the learning rate, the planned steps and the settings of
/// single parameters are the program's and not in the file.
/// </remarks>
public static class Checkpoint
{
    /// <summary>The metadata that says a file is a checkpoint, and of which form.</summary>
    internal const string FormatKey = "checkpoint";

    private const string Format = "1";
    private const string OptimizerKey = "optimizer";
    private const string StepKey = "step";
    private const string SeedKey = "seed";
    private const string UpdatesKey = "updates";
    private const string NotePrefix = "note.";
    private const string ParameterPrefix = "parameter.";
    private const string BestPrefix = "best.";
    private const string StatePrefix = "state.";
    private const string StateRowsKey = "state_rows";

    /// <summary>Writes a checkpoint; a file of that name is replaced as a whole. Call it between updates.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="trainer">The training.</param>
    /// <param name="notes">Texts of the caller, such as the position in the data; <see cref="Load"/> returns them.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, Trainer trainer, IReadOnlyDictionary<string, string>? notes = null) =>
        Save(path, trainer, notes, best: null);

    /// <summary>Puts a trainer, and the model it trains, into the state that was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A trainer of the same model with an optimizer of the same kind.</param>
    /// <returns>The texts that were saved with it.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, no checkpoint, or of another model or optimizer; nothing is changed.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path, Trainer trainer)
    {
        var checkpoint = Read(path, trainer);
        checkpoint.ApplyTo(trainer);
        return checkpoint.Notes;
    }

    /// <summary>Writes a checkpoint with a second set of parameters beside those of the trainer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The training.</param>
    /// <param name="notes">Texts of the caller.</param>
    /// <param name="best">The best parameters so far, laid out as the parameter arena, or null.</param>
    internal static void Save(string path, Trainer trainer, IReadOnlyDictionary<string, string>? notes, float[]? best)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trainer);
        var parameters = trainer.Parameters;
        var writer = new SafetensorsWriter();
        writer.AddMetadata(FormatKey, Format);
        writer.AddMetadata(ModelFile.ModelKey, parameters.ModelName);
        writer.AddMetadata(OptimizerKey, trainer.Optimizer.GetType().Name);
        writer.AddMetadata(StepKey, trainer.StepCount.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata(SeedKey, trainer.Seed.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata(UpdatesKey, string.Join(' ', trainer.ParameterUpdate.UpdateCounts.ToArray()));
        foreach (var (key, text) in notes ?? ReadOnlyDictionary<string, string>.Empty)
        {
            writer.AddMetadata(NotePrefix + key, text);
        }

        foreach (var parameter in parameters)
        {
            writer.AddTensor(ParameterPrefix + parameter.Name, parameter.Shape.ToArray(), ModelFile.MemoryOf(parameters.Arena, parameter));
        }

        var moments = trainer.ParameterUpdate.MomentArena;
        var names = trainer.Optimizer.MomentNames;
        for (var moment = 0; moment < names.Length; moment++)
        {
            foreach (var parameter in parameters.Where(parameter => !parameter.IsStatistic))
            {
                var start = moments.Start + (moment * parameters.TrainedWords) + parameter.Offset;
                writer.AddTensor(MomentName(names[moment], parameter.Name), parameter.Shape.ToArray(), moments.Words.AsMemory(start, parameter.Length));
            }
        }

        if (trainer.States.Exist)
        {
            writer.AddMetadata(StateRowsKey, trainer.States.Rows.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, shape, values) in trainer.States.ToRows())
            {
                writer.AddTensor(StatePrefix + name, shape, values);
            }
        }

        if (best is not null)
        {
            foreach (var parameter in parameters)
            {
                writer.AddTensor(BestPrefix + parameter.Name, parameter.Shape.ToArray(), best.AsMemory(parameter.Offset, parameter.Length));
            }
        }

        writer.Write(path);
    }

    /// <summary>Reads and checks a whole checkpoint without changing anything.</summary>
    internal static StagedCheckpoint Read(string path, Trainer trainer)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trainer);
        var parameters = trainer.Parameters;
        using var reader = new SafetensorsReader(path);
        var texts = new CheckpointTexts(path, reader.Header.Metadata);
        texts.Expect(FormatKey, Format, "a checkpoint");
        if (reader.Header.DigestStart < 0)
        {
            throw new ModelFormatException(path, SafetensorsHeader.DigestKey, "nothing", "the digest of the file");
        }

        texts.Expect(OptimizerKey, trainer.Optimizer.GetType().Name, "the optimizer of the trainer");
        var step = texts.Number(StepKey, 0, long.MaxValue);
        var seed = (int)texts.Number(SeedKey, int.MinValue, int.MaxValue);
        var updates = texts.Numbers(UpdatesKey, parameters.Count, 0, step);

        var tensors = new StagedTensors(path, reader.Header);
        var values = tensors.Add(parameters, name => ParameterPrefix + name);
        var moments = Array.ConvertAll(
            trainer.Optimizer.MomentNames,
            moment => tensors.Add(parameters, name => MomentName(moment, name), trainedOnly: true));
        var best = reader.Header.Tensors.Keys.Any(name => name.StartsWith(BestPrefix, StringComparison.Ordinal))
            ? tensors.Add(parameters, name => BestPrefix + name)
            : null;
        var rows = trainer.States.Exist ? (int)texts.Number(StateRowsKey, 0, trainer.BatchSize) : 0;
        var states = trainer.States.Shapes(rows).Select(state => tensors.Add(StatePrefix + state.Name, state.Shape)).ToArray();
        tensors.RefuseOthers();
        reader.Read(tensors.Destinations);
        return new StagedCheckpoint
        {
            Parameters = values,
            Moments = moments,
            Best = best,
            Updates = updates,
            Rows = rows,
            States = states,
            Step = step,
            Seed = seed,
            Notes = texts.WithPrefix(NotePrefix),
        };
    }

    private static string MomentName(string moment, string parameter) => $"moment.{moment}.{parameter}";
}
