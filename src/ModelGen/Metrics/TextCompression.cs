namespace ModelGen;

/// <summary>How well a model of text predicts it.</summary>
public static class TextCompression
{
    /// <summary>Bits for each character: what a perfect coder would need with the model's probabilities.</summary>
    /// <param name="meanLoss">The mean cross-entropy of a token, in nats, as an evaluation gives it.</param>
    /// <param name="tokens">The tokens it is the mean of; positive.</param>
    /// <param name="characters">The characters they stand for; positive, and the same number for a character vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static double BitsPerCharacter(double meanLoss, long tokens = 1, long characters = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(characters, 1);
        return meanLoss / Math.Log(2) * tokens / characters;
    }
}
