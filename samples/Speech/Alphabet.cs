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

    private const string Letters = "_ 'abcdefghijklmnopqrstuvwxyz";

    /// <summary>The letter of a class; an underscore for the blank.</summary>
    public static char Letter(int @class) => Letters[@class];

    /// <summary>Whether a phrase can be written.</summary>
    public static bool CanWrite(string text) => text.Length is > 0 and <= MostLetters && text.All(letter => letter != '_' && Letters.Contains(letter, StringComparison.Ordinal));

    /// <summary>The classes of a phrase.</summary>
    public static int[] Encode(string text) => [.. text.Select(letter => Letters.IndexOf(letter, StringComparison.Ordinal))];

    /// <summary>The phrase that probabilities of classes, step after step, read as.</summary>
    public static string Read(ReadOnlySpan<float> probabilities)
    {
        Span<int> classes = stackalloc int[probabilities.Length / Classes];
        var letters = CtcDecoder.Greedy(probabilities, Classes, classes, Blank);
        return string.Concat(classes[..letters].ToArray().Select(Letter)).Trim();
    }
}
