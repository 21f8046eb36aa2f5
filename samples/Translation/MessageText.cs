using System.Text.RegularExpressions;

namespace TranslationSample;

/// <summary>Puts messages in order: one kind of quotation mark, no codes before them.</summary>
internal static partial class MessageText
{
    /// <summary>A message without its code ("MSB4028: "), with plain quotation marks and single spaces.</summary>
    public static string Clean(string text)
    {
        var plain = Code().Replace(Spaces().Replace(text, " ").Trim(), "");
        plain = OpeningQuote().Replace(plain, "\"");
        plain = ClosingQuote().Replace(plain, "\"");
        return plain.Replace('’', '\'').Replace('‘', '\'').Replace("…", "...", StringComparison.Ordinal).Trim();
    }

    /// <summary>What makes messages all but the same: their letters. Two that differ in numbers, names of placeholders or marks alone are one.</summary>
    public static string Key(string text) => NoLetters().Replace(text.ToLowerInvariant(), " ").Trim();

    /// <summary>The words and marks of a text: what phrases are made of. An elided word keeps its apostrophe.</summary>
    public static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    /// <summary>The words and marks of a text, a space between each: what BLEU counts.</summary>
    public static string Separate(string text) => string.Join(' ', Words(text));

    /// <summary>The sentences of a text: each ends with its mark and is followed by a capital letter.</summary>
    public static string[] Sentences(string text) => SentenceEnd().Split(text);

    [GeneratedRegex(@"(?<=[.!?]) (?=\p{Lu})")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^[A-Z]+\d+ ?: ?")]
    private static partial Regex Code();

    // White space includes the spaces that do not break, of which French has many.
    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("« ?|“|„")]
    private static partial Regex OpeningQuote();

    [GeneratedRegex(" ?»|”")]
    private static partial Regex ClosingQuote();

    [GeneratedRegex(@"\P{L}+")]
    private static partial Regex NoLetters();

    [GeneratedRegex(@"\p{L}+'|[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]")]
    private static partial Regex Word();
}
