using ModelGen;

namespace TextGenerationSample;

/// <summary>
/// Says for every character of a text how probable each is to come next (A. Karpathy, "The unreasonable effectiveness of recurrent
/// neural networks", 2015). The tokens are those of <see cref="Corpus"/>.
/// </summary>
[Model, Tokens(CharacterModel.Length, Vocabulary = CharacterModel.Vocabulary)]
[Embedding(64), LSTM(256), Dropout(0.1), Dense(CharacterModel.Vocabulary), SoftmaxCrossEntropy]
public partial class CharacterModel
{
    /// <summary>The characters of a window.</summary>
    public const int Length = 64;

    /// <summary>The tokens there are.</summary>
    public const int Vocabulary = 97;
}
