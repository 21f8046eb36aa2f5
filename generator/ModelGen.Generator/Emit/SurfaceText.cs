using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Generator.Emit;

/// <summary>Pieces of C# text that names and words from a user become part of.</summary>
internal static class SurfaceText
{
    /// <summary>Text inside an XML documentation comment.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", " ").Replace("\n", " ");

    /// <summary>A string literal.</summary>
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A name that may be a keyword of the language.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>An array of integers.</summary>
    public static string Array(IEnumerable<int> numbers) => "[" + string.Join(", ", numbers.Select(Literal.Of)) + "]";
}
