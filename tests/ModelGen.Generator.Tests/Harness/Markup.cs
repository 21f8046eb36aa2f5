using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Generator.Tests.Harness;

/// <summary>A source text with the place a test expects something at between <c>[|</c> and <c>|]</c>.</summary>
/// <param name="Text">The text without the marks.</param>
/// <param name="Marked">The text between the marks.</param>
/// <param name="Start">Where in the text it begins.</param>
internal sealed record Markup(string Text, string Marked, int Start)
{
    public TextSpan Span => new(Start, Marked.Length);

    public static Markup Parse(string source)
    {
        var start = source.IndexOf("[|", StringComparison.Ordinal);
        var end = source.IndexOf("|]", StringComparison.Ordinal);
        var marked = source[(start + 2)..end];
        return new(source[..start] + marked + source[(end + 2)..], marked, start);
    }
}
