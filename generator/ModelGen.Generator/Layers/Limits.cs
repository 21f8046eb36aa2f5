namespace ModelGen.Generator.Layers;

/// <summary>How large things may be, so that every index of the generated code fits 32 bits.</summary>
internal static class Limits
{
    /// <summary>The most elements of a value: sixteen samples of it are 2³⁰ numbers, half of what an array can hold.</summary>
    public const long MaxElements = 1L << 26;

    /// <summary>The most elements of all parameters of a model together, which live in one array.</summary>
    public const long MaxParameters = 1L << 30;

    /// <summary>The most an argument that counts places may be; keeps sums and products of a few of them exact.</summary>
    public const int MaxPlaces = 1 << 20;
}
