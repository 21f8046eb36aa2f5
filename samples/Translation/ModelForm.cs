using System.Text.RegularExpressions;

namespace TranslationSample;

/// <summary>
/// What the model sees of a message, so that the same word is the same pieces wherever it stands: names are hidden, the first letter is
/// small, a space stands before the first word, and elided words (l', d', qu') stand apart from those that follow them. All of it is
/// put back into a translation.
/// </summary>
internal sealed partial class ModelForm
{
    private const string Apart = "’ ";

    private readonly HiddenNames _names;
    private readonly bool _beginsSmall;

    /// <summary>The form of a message.</summary>
    public ModelForm(string english)
    {
        _names = new(english);
        _beginsSmall = english.Length > 0 && char.IsLower(english[0]);
        Text = " " + WithSmallLetter(_names.Text);
    }

    /// <summary>The message as the model reads it.</summary>
    public string Text { get; }

    /// <summary>The translation as the model writes it.</summary>
    /// <param name="foreign">A translation of the message; <see cref="MessageText.Clean"/> leaves none of the apostrophes that mark elided words here.</param>
    public string Of(string foreign) => " " + Elided().Replace(WithSmallLetter(_names.HideIn(foreign)), Apart);

    /// <summary>The translation for a reader. It begins with a capital letter unless the message begins with a small one.</summary>
    /// <param name="written">What the model wrote.</param>
    public string Restore(string written)
    {
        var text = written.Replace(Apart, "'", StringComparison.Ordinal).Trim();
        text = text.Length > 0 && !_beginsSmall ? char.ToUpperInvariant(text[0]) + text[1..] : text;
        return _names.ShowIn(text);
    }

    /// <summary>How many names a translation leaves out, and how many it says once too often.</summary>
    /// <param name="written">What the model wrote.</param>
    public int MissedNames(string written) => _names.Missed(written);

    // Abbreviations keep their letters.
    private static string WithSmallLetter(string text) =>
        text.Length > 0 && char.IsUpper(text[0]) && (text.Length == 1 || !char.IsUpper(text[1])) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    [GeneratedRegex(@"(?<=(?<!\p{L})\p{L}{1,2})'(?=\S)")]
    private static partial Regex Elided();
}
