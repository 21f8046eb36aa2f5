using System.Runtime.Intrinsics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// Empties the kernels for vector widths that this machine would not run, two thirds of the generated code: compiling
/// hundreds of models takes that much less. The widths have tests of their own, in runs with the wider ones switched off.
/// </summary>
internal sealed class OnlyUsedKernels : CSharpSyntaxRewriter
{
    private static readonly string s_usedFile =
        $".Kernels{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}.g.cs";

    private static readonly BlockSyntax s_body = (BlockSyntax)SyntaxFactory.ParseStatement("{ throw new System.NotSupportedException(); }");

    /// <summary>The compilation with every method of the other widths throwing.</summary>
    public static Compilation Keep(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees.ToList())
        {
            if (tree.FilePath.Contains(".Kernels", StringComparison.Ordinal) && !tree.FilePath.EndsWith(s_usedFile, StringComparison.Ordinal))
            {
                var root = new OnlyUsedKernels().Visit(tree.GetRoot());
                compilation = compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(root, tree.Options));
            }
        }

        return compilation;
    }

    public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        node.Body is null ? node : node.WithBody(s_body);
}
