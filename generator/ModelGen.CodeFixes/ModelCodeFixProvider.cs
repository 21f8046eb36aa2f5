using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.CodeFixes;

/// <summary>A cure that is one edit of the text where the diagnostic is, offered for one occurrence or for all.</summary>
public abstract class ModelCodeFixProvider : CodeFixProvider
{
    private protected ModelCodeFixProvider()
    {
    }

    /// <summary>Cures all occurrences at once: the edits never overlap.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <summary>Offers the edit, where there is one.</summary>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && FindEdit(root, diagnostic) is var (title, edit))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        async cancellationToken => context.Document.WithText(
                            (await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false)).WithChanges(edit)),
                        equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    /// <summary>What the cure is called and the edit it consists of, or null.</summary>
    private protected abstract (string Title, TextChange Edit)? FindEdit(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>The innermost node of a kind around a diagnostic.</summary>
    private protected static T? Find<T>(SyntaxNode root, Diagnostic diagnostic)
        where T : SyntaxNode =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();
}
