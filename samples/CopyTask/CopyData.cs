using ModelGen;

namespace CopyTaskSample;

/// <summary>A symbol, then a hundred distractions that say nothing of it; which symbol was it?</summary>
internal static class CopyData
{
    /// <summary>The different symbols; guessing is right once in as many.</summary>
    public const int Symbols = 8;

    /// <summary>The steps between the symbol and the question.</summary>
    public const int Lag = 100;

    /// <summary>The steps of a sample: the symbol and the distractions.</summary>
    public const int Length = Lag + 1;

    /// <summary>The different tokens: the symbols, then the distractions.</summary>
    public const int Vocabulary = Symbols + Distractions;

    private const int Distractions = 2;

    /// <summary>Samples of a seed.</summary>
    public static Dataset Create(int seed, int count)
    {
        var random = new SeededRandom(seed);
        var tokens = new int[count * Length];
        var labels = new int[count];
        for (var sample = 0; sample < count; sample++)
        {
            labels[sample] = random.NextInt(Symbols);
            tokens[sample * Length] = labels[sample];
            for (var step = 1; step < Length; step++)
            {
                tokens[(sample * Length) + step] = Symbols + random.NextInt(Distractions);
            }
        }

        return new Dataset([DatasetColumn.FromInts(tokens, Length)], [DatasetColumn.FromInts(labels)]);
    }
}
