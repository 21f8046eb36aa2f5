namespace ModelGen;

/// <summary>The type of the values of an IDX file; the numbers are the format's codes.</summary>
public enum IdxElementType
{
    /// <summary>Unsigned bytes, 0 … 255.</summary>
    UnsignedByte = 0x08,

    /// <summary>Signed integers of four bytes.</summary>
    Int32 = 0x0C,

    /// <summary>IEEE 754 numbers of four bytes.</summary>
    Single = 0x0D,
}
