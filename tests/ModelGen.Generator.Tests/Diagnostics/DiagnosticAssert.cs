using Microsoft.CodeAnalysis;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>What the analyzer must say of a source.</summary>
internal static class DiagnosticAssert
{
    /// <summary>That there is one diagnostic and no other: this one, exactly where the source is marked, with this message.</summary>
    public static Task IsOnlyAsync(DiagnosticDescriptor descriptor, string markup, string message) =>
        IsOnlyAsync(descriptor, Markup.Parse(markup), message, text => Compiling.Compile(text));

    /// <summary>The same of a compilation made otherwise; the marked source is its first.</summary>
    public static async Task IsOnlyAsync(DiagnosticDescriptor descriptor, Markup source, string message, Func<string, Compilation> compile)
    {
        var diagnostic = Assert.Single(await Compiling.AnalyzeAsync(compile(source.Text)));
        Assert.Equal(descriptor.Id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));

        var text = await diagnostic.Location.SourceTree!.GetTextAsync();
        Assert.Equal(source.Marked, text.ToString(diagnostic.Location.SourceSpan));
        Assert.Equal(source.Start, diagnostic.Location.SourceSpan.Start - text.ToString().IndexOf(source.Text, StringComparison.Ordinal));
    }

    /// <summary>That nothing is wrong.</summary>
    public static async Task IsCleanAsync(string source) => Assert.Empty(await Compiling.AnalyzeAsync(Compiling.Compile(source)));
}
