namespace ModelGen;

/// <summary>How the text of a CSV file is to be understood.</summary>
public sealed record CsvOptions
{
    /// <summary>The character between fields; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first record names the columns; true by default.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// The names of the columns to read, in the order that the table is to have, or null, the default, for all. The others may hold anything,
    /// such as dates and words.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
