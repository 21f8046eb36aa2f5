using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>
/// Reads tables of numbers from CSV files as RFC 4180 describes them: a record a line, fields may stand in double quotes, a
/// quote inside such a field is doubled. Numbers have a decimal point whatever the language of the machine. Files
/// compressed with gzip are recognised by their content; empty lines are skipped.
/// </summary>
public static class CsvFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file in UTF-8, plain or compressed with gzip.</param>
    /// <param name="options">How to read it; null for a comma and a header.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">Columns are chosen by name where there is no header, or none is.</exception>
    /// <exception cref="DataFormatException">
    /// A field is not a finite number, or a record has more or fewer fields than the first, or there is no column of a chosen name.
    /// </exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        using var file = File.OpenRead(path);
        return Read(file, path, options);
    }

    /// <summary>Reads from a stream, such as an embedded resource, to its end.</summary>
    /// <param name="stream">The content of a file in UTF-8, plain or compressed with gzip.</param>
    /// <param name="name">What exceptions call the stream.</param>
    /// <param name="options">How to read it; null for a comma and a header.</param>
    /// <exception cref="ArgumentException">Columns are chosen by name where there is no header, or none is.</exception>
    /// <exception cref="DataFormatException">
    /// A field is not a finite number, or a record has more or fewer fields than the first, or there is no column of a chosen name.
    /// </exception>
    public static CsvTable Read(Stream stream, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var text = new StreamReader(CompressedFile.Decompress(stream, name), Encoding.UTF8, leaveOpen: true);
        return Read(text, name, options);
    }

    /// <summary>Reads text to its end.</summary>
    /// <param name="text">The content of a file.</param>
    /// <param name="name">What exceptions call the text.</param>
    /// <param name="options">How to read it; null for a comma and a header.</param>
    /// <exception cref="ArgumentException">Columns are chosen by name where there is no header, or none is.</exception>
    /// <exception cref="DataFormatException">
    /// A field is not a finite number, or a record has more or fewer fields than the first, or there is no column of a chosen name.
    /// </exception>
    public static CsvTable Read(TextReader text, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new();
        var reader = new CsvRecordReader(text, name, options.Separator);
        var header = Array.Empty<string>();
        if (options.HasHeader)
        {
            header = reader.ReadRecord()
                ? [.. reader.Fields]
                : throw new DataFormatException(name, "header", "an empty file", "a record that names the columns");
        }

        var chosen = Choose(header, options, name);
        var columns = header.Length;
        var rows = 0;
        var values = new List<float>();
        var lines = new List<int>();
        while (reader.ReadRecord())
        {
            if (columns == 0)
            {
                columns = reader.Fields.Count;
            }
            else if (reader.Fields.Count != columns)
            {
                throw new DataFormatException(
                    name, $"line {reader.Line}", $"{Count(reader.Fields.Count)}", $"{Count(columns)}, as many as the {(options.HasHeader ? "header" : "first record")}");
            }

            chosen ??= [.. Enumerable.Range(0, columns)];
            foreach (var column in chosen)
            {
                values.Add(Parse(reader.Fields[column], name, reader.Line, column, header));
            }

            lines.Add(reader.Line);
            rows++;
        }

        return options.Columns is null
            ? new(name, header, rows, columns, [.. values], [.. lines])
            : new(name, [.. options.Columns], rows, options.Columns.Count, [.. values], [.. lines]);
    }

    // The positions of the columns that are asked for; null for all there will be.
    private static int[]? Choose(string[] header, CsvOptions options, string name)
    {
        if (options.Columns is not { } names)
        {
            return null;
        }

        if (!options.HasHeader || names.Count == 0)
        {
            throw new ArgumentException(
                names.Count == 0 ? "Columns is empty; expected the names of columns, or null for all." : "Columns are chosen by name; there is no header to find them in.", nameof(options));
        }

        return [.. names.Select(column => Array.IndexOf(header, column) is var index and >= 0
            ? index
            : throw new DataFormatException(name, "header", $"\"{string.Join("\", \"", header)}\"", $"a column \"{column}\""))];
    }

    /// <summary>How a message names a column, counted from one.</summary>
    internal static string DescribePlace(int line, int column, ReadOnlySpan<string> header) =>
        column < header.Length ? $"line {line}, column {column + 1} (\"{header[column]}\")" : $"line {line}, column {column + 1}";

    private static float Parse(string field, string name, int line, int column, string[] header)
    {
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value))
        {
            return value;
        }

        throw new DataFormatException(
            name, DescribePlace(line, column, header), field.Length == 0 ? "an empty field" : $"\"{field}\"", "a finite number such as 1.5 or -2e-3");
    }

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";
}
