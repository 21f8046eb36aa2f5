using ModelGen;

namespace TextGenerationSample;

/// <summary>Writes with a model: draws a character, tells the model, and asks for the next. The model remembers what was written.</summary>
/// <param name="model">The model; it may be trained on between two texts.</param>
/// <param name="opening">What the model reads before it writes: as it is in the middle of a book wherever it learns, so it is here.</param>
internal sealed class Author(CharacterModel model, ReadOnlyMemory<int> opening)
{
    private readonly CharacterModel.Predictor _predictor = model.CreatePredictor();
    private readonly float[] _probabilities = new float[CharacterModel.Vocabulary];

    /// <summary>Goes on from the beginning of a text.</summary>
    /// <param name="beginning">The first characters; may be none.</param>
    /// <param name="characters">The characters to write.</param>
    /// <param name="sampler">How they are drawn.</param>
    /// <param name="seed">The same seed writes the same text.</param>
    /// <returns>The beginning and what follows.</returns>
    public string Write(string beginning, int characters, TokenSampler sampler, long seed)
    {
        var random = new SeededRandom(seed);
        var text = new List<int>(Corpus.Vocabulary.Encode(beginning));
        _predictor.State.Reset();
        foreach (var token in (int[])[.. opening.Span, .. text])
        {
            _predictor.Step(token, _probabilities);
        }

        for (var written = 0; written < characters; written++)
        {
            text.Add(sampler.Next(_probabilities, random));
            _predictor.Step(text[^1], _probabilities);
        }

        return Corpus.Vocabulary.Decode([.. text]);
    }
}
