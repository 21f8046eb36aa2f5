namespace ModelGen;

/// <summary>A checkpoint that was read and checked: what is left cannot fail.</summary>
internal sealed class StagedCheckpoint
{
    /// <summary>Parameters and statistics, laid out as their arena.</summary>
    public required float[] Parameters { get; init; }

    /// <summary>The running means of the optimizer, each laid out as the trained parameters.</summary>
    public required float[][] Moments { get; init; }

    /// <summary>The best parameters so far, laid out as their arena, or null.</summary>
    public required float[]? Best { get; init; }

    /// <summary>The updates each parameter has had.</summary>
    public required long[] Updates { get; init; }

    /// <summary>The rows whose states are kept; zero where the next batch begins from zero.</summary>
    public required int Rows { get; init; }

    /// <summary>The states of stateful layers, [row][element] each.</summary>
    public required float[][] States { get; init; }

    /// <summary>The number of updates.</summary>
    public required long Step { get; init; }

    /// <summary>The seed of the random numbers of a step.</summary>
    public required int Seed { get; init; }

    /// <summary>The texts of the caller.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>Puts the trainer that the checkpoint was read for into its state.</summary>
    public void ApplyTo(Trainer trainer)
    {
        Parameters.CopyTo(trainer.Parameters.Words);
        for (var moment = 0; moment < Moments.Length; moment++)
        {
            Moments[moment].CopyTo(trainer.ParameterUpdate.Moments[(moment * Moments[moment].Length)..]);
        }

        trainer.ParameterUpdate.SetUpdateCounts(Updates);
        trainer.States.FromRows(Rows, States);
        trainer.StepCount = Step;
        trainer.Seed = Seed;
    }
}
