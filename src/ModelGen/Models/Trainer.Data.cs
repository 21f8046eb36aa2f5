using System.Runtime.InteropServices;

namespace ModelGen;

/// <content>Steps over rows of a data set.</content>
public abstract partial class Trainer
{
    /// <summary>Computes the gradients of some samples of a data set and updates the parameters.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="rows">Positions of samples in the data set: one to <see cref="BatchSize"/>, in any order.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model, there are no rows or too many, or a row or label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite; nothing is changed.</exception>
    public float Step(Dataset data, ReadOnlySpan<int> rows)
    {
        using var turn = BeginRows(data, rows);
        Arguments.CheckBatch(rows.Length, BatchSize, nameof(rows));
        States.Check(rows.Length, BatchSize);
        Samples.MoveNext();
        BindRows(data, rows);
        return RunStep();
    }

    /// <summary>Computes the gradients of some samples of a data set, without an update.</summary>
    /// <inheritdoc cref="Step(Dataset, ReadOnlySpan{int})"/>
    /// <returns>The loss.</returns>
    public float ComputeGradients(Dataset data, ReadOnlySpan<int> rows)
    {
        using var turn = BeginRows(data, rows);
        Arguments.CheckBatch(rows.Length, BatchSize, nameof(rows));
        States.Check(rows.Length, BatchSize);
        Samples.MoveNext();
        BindRows(data, rows);
        return RunGradients();
    }

    /// <summary>Adds the gradients of some samples of a data set to those there are; <see cref="Update"/> applies their mean.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="rows">Positions of samples in the data set: any number, in any order.</param>
    /// <returns>The loss of these samples.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model, there are no rows, or a row or label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite; all gradients are forgotten.</exception>
    public float Accumulate(Dataset data, ReadOnlySpan<int> rows)
    {
        using var turn = BeginRows(data, rows);
        while (NextChunk())
        {
            BindRows(data, rows);
            RunAccumulation();
        }

        return EndAccumulation();
    }

    /// <summary>
    /// Computes loss and metrics over a data set; nothing is changed. Stateful layers begin from zero, and row b of each
    /// <see cref="BatchSize"/> samples goes on from row b of those before, as in training.
    /// </summary>
    /// <param name="data">The samples: any number but zero.</param>
    /// <exception cref="ArgumentException">The data do not fit the model, there are none, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        Arguments.CheckData(data, ModelDefinition);
        using var turn = BeginTurn(data.Count);
        ClearLoss();
        while (NextChunk())
        {
            BindRows(data, rows: default);
            RunEvaluation();
        }

        return EndEvaluation();
    }

    private Turn BeginRows(Dataset data, ReadOnlySpan<int> rows)
    {
        Arguments.CheckData(data, ModelDefinition);
        Arguments.CheckRows(rows, data.Count);
        var turn = BeginTurn(rows.Length);
        ClearLoss();
        return turn;
    }

    /// <summary>Takes the current samples from chosen rows of a data set; where none are chosen, from all of them in order.</summary>
    private void BindRows(Dataset data, ReadOnlySpan<int> rows)
    {
        foreach (var i in ModelDefinition.BindingOrder)
        {
            Samples.Fill(Samples.Inputs, i, Words(data.Inputs[i]), rows);
            if (data.Inputs[i].IsInt)
            {
                CheckInts(i, rows);
            }
        }

        for (var i = 0; i < data.Labels.Length; i++)
        {
            if (data.Labels[i].IsCounted)
            {
                _counted.Fill(i, Words(data.Labels[i]), data.Labels[i].Counts, data.Labels[i].Starts, rows);
                _scales.SetDivisor(i, Samples.Samples);
                continue;
            }

            Samples.Fill(Samples.Labels, i, Words(data.Labels[i]), rows);
            var loss = ModelDefinition.Losses[i];
            if (data.Labels[i].IsInt)
            {
                _scales.SetDivisor(i, IndexCheck.CheckLabels(Samples, i, loss, rows));
            }
            else
            {
                Samples.ClearTargetPadding(i, loss);
                _scales.SetDivisor(i, IndexCheck.CountTargets(Samples, loss));
            }
        }
    }

    private static ReadOnlySpan<float> Words(DatasetColumn column) =>
        column.IsInt ? MemoryMarshal.Cast<int, float>(column.Ints) : column.Floats;
}
