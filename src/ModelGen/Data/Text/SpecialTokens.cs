namespace ModelGen;

/// <summary>Tokens of a <see cref="Vocabulary"/> that stand for no text. Those that are used have the first ids, in this order.</summary>
[Flags]
public enum SpecialTokens
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Fills a sequence up to its full length; also serves as the blank of CTC. Its id is 0.</summary>
    Padding = 1,

    /// <summary>Stands before the first token of a text.</summary>
    Begin = 2,

    /// <summary>Stands after the last token of a text.</summary>
    End = 4,

    /// <summary>Stands for what is not in the vocabulary.</summary>
    Unknown = 8,
}
