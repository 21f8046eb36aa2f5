using System.Globalization;
using System.Text.RegularExpressions;

namespace TranslationSample;

/// <summary>
/// Names that stand in both languages alike, such as '{0}', "MSBuild" and --output: the model sees ① for the first of a message, ② for the
/// second, and the names are put back into its translation. No model can know how to spell a name it never saw (after M.-T. Luong et al.,
/// "Addressing the rare word problem in neural machine translation", 2015).
/// </summary>
internal sealed partial class HiddenNames
{
    private const char First = '①';
    private const int Most = 9;

    private readonly List<string> _names = [];

    /// <summary>Hides the names of a message.</summary>
    public HiddenNames(string english)
    {
        Text = Name().Replace(english, match => IsName(match.Value) ? Hide(match.Value) : match.Value);
    }

    /// <summary>The message without its names.</summary>
    public string Text { get; }

    /// <summary>Hides the same names in the translation; others stay.</summary>
    public string HideIn(string foreign) => Name().Replace(
        foreign, match => Place(match.Value) is var place and >= 0 ? Sign(place).ToString() : match.Value);

    /// <summary>Puts the names into a translation. A sign that stands for none is left out.</summary>
    public string ShowIn(string foreign) => Signs().Replace(foreign, match => match.Value[0] - First < _names.Count ? _names[match.Value[0] - First] : "");

    /// <summary>How many names a translation leaves out, and how many it says more often than the message does.</summary>
    public int Missed(string foreign) => Enumerable.Range(0, _names.Count).Sum(place => Math.Abs(Count(Text, place) - Count(foreign, place)));

    /// <summary>A text with plain digits in place of the signs of names, for letters that do not have them.</summary>
    public static string WithDigits(string text) => Signs().Replace(text, match => (match.Value[0] - First + 1).ToString(CultureInfo.InvariantCulture));

    private string Hide(string name)
    {
        var place = Place(name);
        if (place < 0)
        {
            if (_names.Count == Most)
            {
                return name;
            }

            place = _names.Count;
            _names.Add(name);
        }

        return Sign(place).ToString();
    }

    private int Place(string name) => _names.FindIndex(known => Bare(known) == Bare(name));

    private static int Count(string text, int place) => text.AsSpan().Count(Sign(place));

    private static char Sign(int place) => (char)(First + place);

    // The languages do not always agree in their quotation marks.
    private static string Bare(string name) => name[0] is '\'' or '"' ? name[1..^1] : name;

    // Words are names if they are spelled as no word is: with a digit, an underscore, a point or a capital letter inside, or a mark before them.
    private static bool IsName(string match) =>
        !char.IsLetter(match[0]) || match.AsSpan(1).ContainsAnyInRange('A', 'Z') || match.AsSpan().ContainsAnyInRange('0', '9') || match.AsSpan().ContainsAny('_', '.');

    [GeneratedRegex("""(?<![\p{L}\p{N}])'[^'\s]+'(?!\p{L})|"[^"\s]+"|\{\d+[^}\s]*\}|(?<![\p{L}\p{N}])(?:--?|[.#@/])?[A-Za-z_][A-Za-z0-9_]*(?:[.:\\][A-Za-z0-9_]+)*(?!\p{L})""")]
    private static partial Regex Name();

    [GeneratedRegex("[①-⑨]")]
    private static partial Regex Signs();
}
