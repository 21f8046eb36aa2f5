using System.ComponentModel;
using System.Globalization;
using System.Text;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>The layers of a model with their shapes, parameters, operations and memory; prints as a table.</summary>
public sealed class ModelSummary
{
    private readonly ModelDefinition _definition;

    /// <summary>The summary of a model.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ModelSummary(ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
    }

    /// <summary>The name of the model class.</summary>
    public string Name => _definition.Name;

    /// <summary>The layers in declaration order.</summary>
    public IReadOnlyList<LayerSummary> Layers => _definition.Layers;

    /// <summary>The number of trained parameters.</summary>
    public long Parameters => _definition.Layers.Sum(layer => layer.Parameters);

    /// <summary>The multiply-adds of the forward pass for one sample.</summary>
    public long MultiplyAdds => _definition.Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The multiply-adds of a training step for each of its samples: forward pass, input gradients, weight gradients.</summary>
    public long TrainingMultiplyAdds => _definition.Layers.Sum(
        layer => layer.MultiplyAdds + layer.InputGradientMultiplyAdds + layer.WeightGradientMultiplyAdds);

    /// <summary>The bytes of the arena of parameters and statistics, with padding.</summary>
    public long ParameterBytes => (long)_definition.ParameterWords * sizeof(float);

    /// <summary>The bytes of the values a predictor works with, inputs and outputs included.</summary>
    public long PredictorBytes => WorkBytes(_definition.Predict, samples: Lanes.Count, threads: 1, labels: false);

    /// <summary>The bytes of the values a trainer works with, inputs, labels and gradients included, the optimizer's moments not.</summary>
    /// <param name="batch">The most samples of a step.</param>
    /// <param name="threads">The most threads.</param>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    public long TrainerBytes(int batch, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var program = _definition.Train ?? throw new InvalidOperationException($"{Name} has no loss and cannot be trained.");
        return WorkBytes(program, batch, threads, labels: true) + ((long)_definition.TrainedWords * sizeof(float));
    }

    /// <summary>
    /// The memory that the values of a block of samples take in a training step (in a prediction, where the model has no loss), in
    /// relation to what all of them would take if no two shared a place, 0 … 1. One, where nothing is kept.
    /// </summary>
    public double SharedMemoryRatio
    {
        get
        {
            var layout = (_definition.Train ?? _definition.Predict).Layout;
            return layout.UnsharedWords == 0 ? 1 : (double)(layout.ScratchWords + layout.BlockWords) / layout.UnsharedWords;
        }
    }

    /// <summary>A table of the layers with totals below.</summary>
    public override string ToString()
    {
        string[] header = ["layer", "declared as", "output", "parameters", "multiply-adds"];
        var rows = new List<string[]> { header };
        foreach (var layer in _definition.Layers)
        {
            rows.Add([layer.Name, layer.Kind, Extents.Format(layer.OutputShape), Number(layer.Parameters), Number(layer.MultiplyAdds)]);
        }

        string[] total = ["total", "", "", Number(Parameters), Number(MultiplyAdds)];
        rows.Add(total);

        var widths = new int[header.Length];
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                widths[column] = Math.Max(widths[column], row[column].Length);
            }
        }

        var rule = string.Join("──", widths.Select(width => new string('─', width)));
        var text = new StringBuilder().Append(Name).Append('\n');
        foreach (var row in rows)
        {
            if (row == total)
            {
                text.Append(rule).Append('\n');
            }

            AppendRow(text, row, widths);
            if (row == header)
            {
                text.Append(rule).Append('\n');
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"memory: {ParameterBytes:N0} bytes of parameters, {PredictorBytes:N0} of a predictor");
        if (_definition.Train is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", {TrainerBytes(128):N0} of a trainer of 128 samples, whose values take {100 * SharedMemoryRatio:F0} % of the sum of their sizes");
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string[] row, int[] widths)
    {
        // Words to the left, numbers to the right.
        var line = string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));
        text.Append(line.TrimEnd()).Append('\n');
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private long WorkBytes(CompiledProgram program, int samples, int threads, bool labels)
    {
        var blocks = ((long)samples + Lanes.Count - 1) / Lanes.Count;
        var layout = program.Layout;
        long laneElements = 0;
        foreach (var input in _definition.Inputs)
        {
            laneElements += Extents.Product(input.Shape);
        }

        foreach (var output in _definition.Outputs)
        {
            laneElements += Extents.Product(output.Shape);
        }

        // The states before and after a batch, those that training goes on from, and those of an evaluation.
        foreach (var state in labels ? _definition.States ?? [] : [])
        {
            laneElements += 4L * Extents.Product(state.Shape);
        }

        foreach (var loss in labels ? _definition.Losses : [])
        {
            laneElements += Extents.Product(loss.LabelShape);
        }

        var words = (blocks * ((laneElements * Lanes.Count) + layout.BlockWords)) + layout.ModelWords +
            (Math.Min(layout.Groups, blocks) * layout.SumWords) + (Math.Min(threads, blocks) * layout.ScratchWords);
        return words * sizeof(float);
    }
}
