using ModelGen;

namespace SpeechSample;

/// <summary>The letters that are written: a to z, the space and the apostrophe, each a class, beside the blank.</summary>
internal static class Alphabet
{
    /// <summary>The class that stands for no letter.</summary>
    public const int Blank = 0;

    /// <summary>The number of classes, the blank among them.</summary>
    public const int Classes = 29;

    /// <summary>The most letters of a phrase.</summary>
    public const int MostLetters = 48;

    private const string Letters = " 'abcdefghijklmnopqrstuvwxyz";

    // The padding, whose id is 0, is the blank.
    private static readonly CharacterVocabulary s_letters = CharacterVocabulary.FromText(Letters, SpecialTokens.Padding);

    /// <summary>The letter of a class that is not the blank.</summary>
    public static string Letter(int @class) => s_letters[@class];

    /// <summary>Whether a phrase can be written.</summary>
    public static bool CanWrite(string text) => text.Length is > 0 and <= MostLetters && text.All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    /// <summary>The classes of a phrase.</summary>
    public static int[] Encode(string text) => s_letters.Encode(text);

    /// <summary>The phrase that probabilities of classes, step after step, read as.</summary>
    public static string Read(ReadOnlySpan<float> probabilities)
    {
        Span<int> classes = stackalloc int[probabilities.Length / Classes];
        var letters = CtcDecoder.Greedy(probabilities, Classes, classes, Blank);
        return s_letters.Decode(classes[..letters]).Trim();
    }
}
