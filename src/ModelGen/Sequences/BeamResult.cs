namespace ModelGen;

/// <summary>A sequence that a search found.</summary>
/// <param name="Tokens">Its tokens, without those of begin and end.</param>
/// <param name="LogProbability">The natural logarithm of its probability, the end token's included if it has one.</param>
/// <param name="Score">What it was ranked by.</param>
/// <param name="IsComplete">Whether it ended of itself, and not at the greatest length.</param>
public sealed record BeamResult(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool IsComplete);
