using ModelGen;

namespace TranslationSample;

/// <summary>
/// An encoder reads the source in both directions; a decoder starts from the mean of what it found, looks it up at every step, goes
/// through what it looked up so far, and says which piece of a word comes next (D. Bahdanau, K. Cho and Y. Bengio, "Neural machine
/// translation by jointly learning to align and translate", 2015, with M.-T. Luong's attention of the same year).
/// </summary>
/// <remarks>
/// The pieces that may come next are compared with the vectors of those that came before (<c>Tied</c>): what is learned of a piece in
/// either place serves both. The outputs memory and query are what the attention compares: <see cref="AttentionPicture"/> draws it.
/// </remarks>
[Model]
[Tokens(Translator.Length, Vocabulary = Translator.Vocabulary, Lengths = true, Name = "source")]
[Embedding(Translator.PieceSize), Dropout(0.2), GRU(Translator.MemorySize / 2, Bidirectional = true), Label("memory"), Output("memory")]
[MeanOverTime, Dense(Translator.QuerySize), Tanh, Label("start")]
[Tokens(Translator.Length, Vocabulary = Translator.Vocabulary, Lengths = true, Name = "target")]
[Embedding(Translator.PieceSize), Label("pieces"), Dropout(0.2), GRU(Translator.QuerySize, InitialState = "start"), Output("query")]
[Attention("memory", Units = Translator.PieceSize), Label("found"), Dropout(0.2), GRU(192), Dense(Translator.PieceSize), Add("found"), Dropout(0.3)]
[Dense(Translator.Vocabulary, Tied = "pieces"), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public partial class Translator
{
    /// <summary>The most pieces of a text, with the one that begins or ends it.</summary>
    public const int Length = 32;

    /// <summary>The pieces there are, in both languages together.</summary>
    public const int Vocabulary = 3000;

    /// <summary>The numbers that stand for a piece.</summary>
    public const int PieceSize = 128;

    /// <summary>The numbers of a step of the memory.</summary>
    public const int MemorySize = 256;

    /// <summary>The numbers of a query.</summary>
    public const int QuerySize = 256;
}
