using System.Globalization;

namespace ModelGen;

/// <summary>The numbers of a CSV file, a sample a row.</summary>
public sealed class CsvTable
{
    private readonly string _name;
    private readonly string[] _header;
    private readonly float[] _values;
    private readonly int[] _lines;

    internal CsvTable(string name, string[] header, int rows, int columns, float[] values, int[] lines)
    {
        _name = name;
        _header = header;
        Rows = rows;
        Columns = columns;
        _values = values;
        _lines = lines;
    }

    /// <summary>The number of records, the header not counted.</summary>
    public int Rows { get; }

    /// <summary>The number of fields of each record.</summary>
    public int Columns { get; }

    /// <summary>The names of the columns; empty if the file has no header.</summary>
    public ReadOnlySpan<string> Header => _header;

    /// <summary>All numbers, [<see cref="Rows"/>][<see cref="Columns"/>].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One number.</summary>
    /// <param name="row">0 … <see cref="Rows"/> − 1.</param>
    /// <param name="column">0 … <see cref="Columns"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public float this[int row, int column]
    {
        get
        {
            CheckRange(row, Rows, nameof(row));
            CheckRange(column, Columns, nameof(column));
            return _values[(row * Columns) + column];
        }
    }

    /// <summary>The position of a column.</summary>
    /// <param name="column">Its name in the header, upper and lower case distinguished.</param>
    /// <exception cref="DataFormatException">There is no such column.</exception>
    public int ColumnIndex(string column)
    {
        var index = Array.IndexOf(_header, column);
        return index >= 0
            ? index
            : throw new DataFormatException(_name, "header", _header.Length == 0 ? "none" : $"\"{string.Join("\", \"", _header)}\"", $"a column \"{column}\"");
    }

    /// <summary>A data set for classification: one column names the classes, all others are the input.</summary>
    /// <param name="labelColumn">The name of the column of classes.</param>
    /// <exception cref="DataFormatException">There is no such column, or it holds something else than integers of at least zero.</exception>
    public Dataset ToClassification(string labelColumn) => ToClassification(ColumnIndex(labelColumn));

    /// <summary>A data set for classification: one column names the classes, all others are the input.</summary>
    /// <param name="labelColumn">The position of the column of classes, 0 … <see cref="Columns"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No other column is left.</exception>
    /// <exception cref="DataFormatException">The column holds something else than integers of at least zero.</exception>
    public Dataset ToClassification(int labelColumn)
    {
        var inputs = SelectOthers([labelColumn], nameof(labelColumn));
        var labels = new int[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var value = this[row, labelColumn];
            if (!(value is >= 0 and < int.MaxValue) || value != MathF.Truncate(value))
            {
                throw new DataFormatException(
                    _name,
                    CsvFile.DescribePlace(_lines[row], labelColumn, _header),
                    value.ToString(CultureInfo.InvariantCulture),
                    "a class: an integer of at least 0");
            }

            labels[row] = (int)value;
        }

        return Dataset.ForClassification(inputs, Columns - 1, labels);
    }

    /// <summary>A data set for regression: the named columns are the target, in the given order; all others are the input.</summary>
    /// <param name="targetColumns">The names of the target columns, at least one.</param>
    /// <exception cref="ArgumentException">There is no target column, one occurs twice, or no column is left for the input.</exception>
    /// <exception cref="DataFormatException">There is no such column.</exception>
    public Dataset ToRegression(params ReadOnlySpan<string> targetColumns)
    {
        var indices = new int[targetColumns.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = ColumnIndex(targetColumns[i]);
        }

        return ToRegression(indices);
    }

    /// <summary>A data set for regression: the given columns are the target, in the given order; all others are the input.</summary>
    /// <param name="targetColumns">The positions of the target columns, each in 0 … <see cref="Columns"/> − 1; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="ArgumentException">There is no target column, one occurs twice, or no column is left for the input.</exception>
    public Dataset ToRegression(params ReadOnlySpan<int> targetColumns)
    {
        if (targetColumns.IsEmpty)
        {
            throw new ArgumentException("At least one target column is needed.", nameof(targetColumns));
        }

        var inputs = SelectOthers(targetColumns, nameof(targetColumns));
        var targets = new float[Rows * targetColumns.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < targetColumns.Length; i++)
            {
                targets[(row * targetColumns.Length) + i] = this[row, targetColumns[i]];
            }
        }

        return Dataset.ForRegression(inputs, Columns - targetColumns.Length, targets, targetColumns.Length);
    }

    private float[] SelectOthers(ReadOnlySpan<int> excluded, string argument)
    {
        for (var i = 0; i < excluded.Length; i++)
        {
            CheckRange(excluded[i], Columns, argument);
            if (excluded[..i].Contains(excluded[i]))
            {
                throw new ArgumentException($"Column {excluded[i]} is named twice.", argument);
            }
        }

        if (excluded.Length == Columns)
        {
            throw new ArgumentException($"All {Columns} columns are labels or targets; at least one must be left for the input.", argument);
        }

        var others = new float[Rows * (Columns - excluded.Length)];
        var next = 0;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (!excluded.Contains(column))
                {
                    others[next++] = _values[(row * Columns) + column];
                }
            }
        }

        return others;
    }

    private static void CheckRange(int value, int limit, string argument)
    {
        if ((uint)value >= (uint)limit)
        {
            throw new ArgumentOutOfRangeException(argument, value, $"{value} is not in 0 … {limit - 1}.");
        }
    }
}
