namespace TranslationSample;

/// <summary>Where a model looks.</summary>
/// <param name="Source">The pieces of a message.</param>
/// <param name="Target">The pieces of its translation.</param>
/// <param name="Weights">[target piece][source piece]: how much it counted, 0 … 1.</param>
internal sealed record AttentionMap(IReadOnlyList<string> Source, IReadOnlyList<string> Target, IReadOnlyList<double[]> Weights);
