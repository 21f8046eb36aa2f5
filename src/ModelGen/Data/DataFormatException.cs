namespace ModelGen;

/// <summary>A file is not what its format says it should be: cut short, of another format, or at odds with itself.</summary>
public sealed class DataFormatException : IOException
{
    /// <summary>Says which part of which file is wrong.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="field">The part of the file, such as <c>magic number</c> or <c>line 7, column 3</c>.</param>
    /// <param name="found">What is there.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public DataFormatException(string file, string field, string found, string expected, Exception? innerException = null)
        : base($"{file}: {field}: found {found}; expected {expected}.", innerException)
    {
        File = file;
        Field = field;
        Found = found;
        Expected = expected;
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>The part of the file that is wrong.</summary>
    public string Field { get; }

    /// <summary>What is there.</summary>
    public string Found { get; }

    /// <summary>What should be there.</summary>
    public string Expected { get; }
}
