using ModelGen;

namespace TextGenerationSample;

/// <summary>
/// Says for every character of a text how probable each is to come next (A. Karpathy, "The unreasonable effectiveness of recurrent
/// neural networks", 2015). The tokens are those of <see cref="Corpus"/>.
/// </summary>
/// <remarks>
/// It learns from window to window of a text without forgetting in between (<c>Stateful</c>), because that is how it writes: a model that
/// began every window from nothing would lose its thread after as many characters.
/// </remarks>
[Model, Tokens(CharacterModel.Length, Vocabulary = CharacterModel.Vocabulary)]
[Embedding(64), LSTM(256, Stateful = true), Dropout(0.25), Dense(CharacterModel.Vocabulary), SoftmaxCrossEntropy]
public partial class CharacterModel
{
    /// <summary>The characters of a window.</summary>
    public const int Length = 64;

    /// <summary>The tokens there are.</summary>
    public const int Vocabulary = 97;
}
