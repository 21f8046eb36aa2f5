namespace ModelGen.Generator.Layers;

/// <summary>How large things may be, so that every index of the generated code fits 32 bits.</summary>
internal static class Limits
{
    /// <summary>The most elements of a value: sixteen samples of it are 2³⁰ numbers, half of what an array can hold.</summary>
    public const long MaxElements = 1L << 26;

    /// <summary>The most elements of all results of a network together: sixteen samples of them, forward and backward, still count in 32 bits.</summary>
    public const long MaxResults = 1L << 24;

    /// <summary>The most elements of all parameters of a model together: sixteen lanes of each are kept for gradients of convolutions.</summary>
    public const long MaxParameters = 1L << 26;

    /// <summary>The most an argument that counts places may be; keeps sums and products of a few of them exact.</summary>
    public const int MaxPlaces = 1 << 20;
}
