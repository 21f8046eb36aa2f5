namespace ModelGen;

/// <summary>A file of parameters or a checkpoint is damaged, of another format, or belongs to another model.</summary>
public sealed class ModelFormatException : IOException
{
    /// <summary>Says which part of which file is wrong.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="field">The part of the file, such as <c>header length</c> or the name of a parameter.</param>
    /// <param name="found">What is there.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public ModelFormatException(string file, string field, string found, string expected, Exception? innerException = null)
        : base($"{file}: {field}: found {found}; expected {expected}.", innerException)
    {
        File = file;
        Field = field;
        Found = found;
        Expected = expected;
    }

    /// <summary>The path of the file.</summary>
    public string File { get; }

    /// <summary>The part of the file that is wrong.</summary>
    public string Field { get; }

    /// <summary>What is there.</summary>
    public string Found { get; }

    /// <summary>What should be there.</summary>
    public string Expected { get; }
}
