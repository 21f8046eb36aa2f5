using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Cuts text into the pieces that vocabularies count.</summary>
internal static class TextPieces
{
    private enum Class
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    /// <summary>The words of a text: runs of letters, digits and apostrophes, and each other character that is no white space.</summary>
    public static IEnumerable<Range> Words(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = Next(text, start, out var kind);
            if (IsWordPart(text, start, kind))
            {
                while (end < text.Length)
                {
                    var next = Next(text, end, out kind);
                    if (!IsWordPart(text, end, kind))
                    {
                        break;
                    }

                    end = next;
                }

                yield return start..end;
            }
            else if (kind != Class.Space)
            {
                yield return start..end;
            }

            start = end;
        }
    }

    /// <summary>
    /// The pieces that byte pairs stay inside of: a run of letters, of digits, or of other characters, each with the one
    /// space before it; and the white space between them. Together they are the text (after A. Radford et al., "Language
    /// models are unsupervised multitask learners", 2019).
    /// </summary>
    public static IEnumerable<Range> Runs(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var first = Next(text, start, out var kind);
            var end = first;
            if (kind == Class.Space)
            {
                // The last space belongs to the word after it.
                while (end < text.Length && Next(text, end, out kind) is var next && kind == Class.Space)
                {
                    end = next;
                }

                if (end < text.Length && text[end - 1] == ' ')
                {
                    if (end - 1 > start)
                    {
                        yield return start..(end - 1);
                    }

                    start = end - 1;
                    end = Next(text, end, out kind);
                    end = RunEnd(text, end, kind);
                }
            }
            else
            {
                end = RunEnd(text, end, kind);
            }

            yield return start..end;
            start = end;
        }
    }

    private static int RunEnd(string text, int end, Class kind)
    {
        while (end < text.Length)
        {
            var next = Next(text, end, out var other);
            if (other != kind)
            {
                break;
            }

            end = next;
        }

        return end;
    }

    private static bool IsWordPart(string text, int position, Class kind) =>
        kind is Class.Letter or Class.Digit || text[position] is '\'' or '\u2019';

    // The end of the character at a position, and what it is. A surrogate without its other half is a character too.
    private static int Next(string text, int position, out Class kind)
    {
        Rune.DecodeFromUtf16(text.AsSpan(position), out var rune, out var length);
        kind = Rune.IsWhiteSpace(rune) ? Class.Space
            : Rune.IsLetter(rune) || IsMark(rune) ? Class.Letter
            : Rune.IsNumber(rune) ? Class.Digit
            : Class.Other;
        return position + length;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
