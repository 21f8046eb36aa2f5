using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Checks of what a caller hands in, with messages that name the argument, what was found and what is expected.</summary>
internal static class Arguments
{
    /// <summary>The samples in the span of the first input.</summary>
    /// <exception cref="ArgumentException">The length is not that of whole samples, or zero.</exception>
    public static int CountSamples(int length, InputDefinition input)
    {
        var (samples, rest) = Math.DivRem(length, Extents.Product(input.Shape));
        if (length == 0 || rest != 0)
        {
            throw new ArgumentException(
                $"{input.Name}: {length} {Unit(input)}; expected a multiple of {Extents.Product(input.Shape)}, the shape {Extents.Format(input.Shape)} of each sample.",
                input.Name);
        }

        return samples;
    }

    /// <summary>Checks that a span holds one value of a shape for each of a number of samples.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckLength(int length, string unit, string name, ReadOnlySpan<int> shape, int samples)
    {
        var elements = Extents.Product(shape);
        if (length != (long)samples * elements)
        {
            var each = shape.IsEmpty ? "one for each" : $"the shape {Extents.Format(shape)} of each";
            throw new ArgumentException($"{name}: {length} {unit}; expected {(long)samples * elements}, {each} of the {samples} samples.", name);
        }
    }

    /// <summary>Checks that a step does not take more samples than there is memory for.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void CheckBatch(int samples, int batch, string name)
    {
        if (samples > batch)
        {
            throw new ArgumentException(
                $"{name}: {samples} samples; a step of this trainer takes at most {batch}, as its 'batch' says. Accumulate takes any number.", name);
        }
    }

    /// <summary>Checks that rows are in a data set.</summary>
    /// <exception cref="ArgumentException">There are no rows, or one is not in the data set.</exception>
    public static void CheckRows(ReadOnlySpan<int> rows, int count)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("rows: no samples; expected at least one.", nameof(rows));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)count)
            {
                throw new ArgumentException($"rows: row {rows[i]} at position {i}; expected 0 … {count - 1}, the samples of the data set.", nameof(rows));
            }
        }
    }

    /// <summary>Checks that a data set has the inputs of a model and, where asked for, its labels.</summary>
    /// <exception cref="ArgumentException">It does not, or it is empty.</exception>
    public static void CheckData(Dataset data, ModelDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException("data: no samples; expected at least one.", nameof(data));
        }

        CheckColumnCount("input", data.Inputs.Length, definition.Inputs.Length, definition.Name);
        CheckColumnCount("label", data.Labels.Length, definition.Losses.Length, definition.Name);
        for (var i = 0; i < definition.Inputs.Length; i++)
        {
            var input = definition.Inputs[i];
            CheckColumn(data.Inputs[i], input.Name, input.Shape, expectsInts: input.IsInt);
        }

        for (var i = 0; i < definition.Losses.Length; i++)
        {
            var loss = definition.Losses[i];
            if (loss.Counted is { } counted)
            {
                CheckCountedColumn(data.Labels[i], loss.Name, counted);
            }
            else
            {
                CheckColumn(data.Labels[i], loss.Name, loss.LabelShape, expectsInts: loss.Classes > 0);
            }
        }
    }

    /// <summary>What the elements of an input are called in messages.</summary>
    public static string Unit(InputDefinition input) => input.LengthsOf >= 0 ? "lengths" : input.Vocabulary > 0 ? "tokens" : "numbers";

    private static void CheckColumnCount(string kind, int found, int expected, string model)
    {
        if (found != expected)
        {
            throw new ArgumentException($"data: {found} {kind} columns; expected {expected}, as {model} declares.", "data");
        }
    }

    private static void CheckCountedColumn(DatasetColumn column, string name, CountedLabels counted)
    {
        CheckType(column, name, counted.IsInt);
        if (!column.IsCounted || column.Elements != counted.Elements)
        {
            var found = column.IsCounted ? $"{column.Elements} values for each of a number of {counted.Unit}" : $"{column.Elements} values a sample";
            throw new ArgumentException(
                $"data: column '{name}' has {found}; expected a number of {counted.Unit} of {counted.Elements} each that every sample has of its own, as DatasetColumn.FromCounted makes.", "data");
        }
    }

    private static void CheckType(DatasetColumn column, string name, bool expectsInts)
    {
        if (column.IsInt != expectsInts)
        {
            throw new ArgumentException(
                $"data: column '{name}' holds {(column.IsInt ? "int" : "float")} values; expected {(expectsInts ? "int" : "float")}.", "data");
        }
    }

    private static void CheckColumn(DatasetColumn column, string name, ReadOnlySpan<int> shape, bool expectsInts)
    {
        CheckType(column, name, expectsInts);
        if (column.IsCounted)
        {
            throw new ArgumentException($"data: column '{name}' has a number of values that differs from sample to sample; expected the shape {Extents.Format(shape)} of each.", "data");
        }

        if (column.Elements != Extents.Product(shape))
        {
            throw new ArgumentException(
                $"data: column '{name}' has {column.Elements} values a sample; expected {Extents.Product(shape)}, the shape {Extents.Format(shape)}.", "data");
        }
    }
}
