namespace ModelGen;

/// <summary>How the text of a CSV file is to be understood.</summary>
public sealed record CsvOptions
{
    /// <summary>The character between fields; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first record names the columns; true by default.</summary>
    public bool HasHeader { get; init; } = true;
}
