using ModelGen;

namespace TextGenerationSample;

/// <summary>Writes with a model: draws a character, appends it, and asks for the next.</summary>
/// <param name="model">The model; it may be trained on between two texts.</param>
internal sealed class Author(CharacterModel model)
{
    private readonly CharacterModel.Predictor _predictor = model.CreatePredictor();
    private readonly int[] _window = new int[CharacterModel.Length];
    private readonly float[] _probabilities = new float[CharacterModel.Length * CharacterModel.Vocabulary];

    /// <summary>Goes on from the beginning of a text.</summary>
    /// <param name="beginning">At least one character.</param>
    /// <param name="characters">The characters to write.</param>
    /// <param name="sampler">How they are drawn.</param>
    /// <param name="seed">The same seed writes the same text.</param>
    /// <returns>The beginning and what follows.</returns>
    public string Write(string beginning, int characters, TokenSampler sampler, long seed)
    {
        var random = new SeededRandom(seed);
        var text = new List<int>(Corpus.Vocabulary.Encode(beginning));
        for (var end = text.Count + characters; text.Count < end;)
        {
            text.Add(sampler.Next(Following(text), random));
        }

        return Corpus.Vocabulary.Decode([.. text]);
    }

    // The probabilities after a text, of which the model sees the last window.
    private ReadOnlySpan<float> Following(List<int> text)
    {
        var seen = Math.Min(text.Count, _window.Length);
        text.CopyTo(text.Count - seen, _window, 0, seen);
        _predictor.Predict(_window, _probabilities);
        return _probabilities.AsSpan((seen - 1) * CharacterModel.Vocabulary, CharacterModel.Vocabulary);
    }
}
