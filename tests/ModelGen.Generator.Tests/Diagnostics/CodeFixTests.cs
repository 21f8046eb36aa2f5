using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ModelGen.CodeFixes;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>What the cures make of a source.</summary>
public sealed class CodeFixTests
{
    [Fact]
    public Task MakesModelPartial() => Check(
        new MakePartialCodeFix(),
        "[Model, Input(4), Dense(2)]\npublic sealed class Net;",
        "[Model, Input(4), Dense(2)]\npublic sealed partial class Net;");

    [Fact]
    public Task MakesContainingTypePartial() => Check(
        new MakePartialCodeFix(),
        "public static class Outer { [Model, Input(4), Dense(2)] public partial class Net; }",
        "public static partial class Outer { [Model, Input(4), Dense(2)] public partial class Net; }");

    [Fact]
    public Task AddsModel() => Check(
        new AddModelCodeFix(),
        "[Input(4), Dense(2)]\npublic partial class Net;",
        "[Model, Input(4), Dense(2)]\npublic partial class Net;");

    [Fact]
    public Task InsertsFlatten() => Check(
        new InsertLayerCodeFix(),
        "[Model, Input(1, 8, 8)]\n[Dense(2)] // the head\npublic partial class Net;",
        "[Model, Input(1, 8, 8)]\n[Flatten, Dense(2)] // the head\npublic partial class Net;");

    [Fact]
    public Task InsertsPermute() => Check(
        new InsertLayerCodeFix(),
        "[Model, Sequence(48, 3), ModelGen.Conv1D(4, 3)]\npublic partial class Net;",
        "[Model, Sequence(48, 3), ModelGen.Permute(1, 0), ModelGen.Conv1D(4, 3)]\npublic partial class Net;");

    [Fact]
    public Task RemovesSoftmaxFromList() => Check(
        new RemoveLayerCodeFix(),
        "[Model, Input(4), Dense(2), Softmax, SoftmaxCrossEntropy]\npublic partial class Net;",
        "[Model, Input(4), Dense(2), SoftmaxCrossEntropy]\npublic partial class Net;");

    [Fact]
    public Task RemovesSigmoidAtEndOfList() => Check(
        new RemoveLayerCodeFix(),
        "[Model, Input(4), Dense(2), Sigmoid]\n[BinaryCrossEntropy]\npublic partial class Net;",
        "[Model, Input(4), Dense(2)]\n[BinaryCrossEntropy]\npublic partial class Net;");

    [Fact]
    public Task RemovesSoftmaxOnItsOwnLine() => Check(
        new RemoveLayerCodeFix(),
        "[Model, Input(4), Dense(2)]\n  [Softmax]\n[SoftmaxCrossEntropy]\npublic partial class Net;",
        "[Model, Input(4), Dense(2)]\n[SoftmaxCrossEntropy]\npublic partial class Net;");

    [Fact]
    public Task AddsUseBias() => Check(
        new SetPropertyCodeFix(),
        "[Model, Input(1, 8, 8), Conv2D(4, 3), BatchNorm]\npublic partial class Net;",
        "[Model, Input(1, 8, 8), Conv2D(4, 3, UseBias = false), BatchNorm]\npublic partial class Net;");

    [Fact]
    public Task ReplacesUseBias() => Check(
        new SetPropertyCodeFix(),
        "[Model, Input(4), Dense(4, UseBias = true), BatchNorm]\npublic partial class Net;",
        "[Model, Input(4), Dense(4, UseBias = false), BatchNorm]\npublic partial class Net;");

    [Fact]
    public Task SetsPadding() => Check(
        new SetPropertyCodeFix(),
        "[Model, Input(1, 4, 4), Conv2D(6, 5)]\npublic partial class Net;",
        "[Model, Input(1, 4, 4), Conv2D(6, 5, Padding = Pad.Same)]\npublic partial class Net;");

    [Fact]
    public async Task CuresAllAtOnce()
    {
        const string Source = "[Model, Input(4), Dense(4), BatchNorm, Dense(3), BatchNorm]\npublic partial class Net;\n[Model, Input(4), Dense(2), BatchNorm]\npublic partial class Other;";
        var fix = new SetPropertyCodeFix();
        var document = Document(Source);
        var diagnostics = await DiagnosticsOf(document);
        Assert.Equal(3, diagnostics.Count);

        var context = new FixAllContext(
            document, fix, FixAllScope.Document, "Set UseBias = false", fix.FixableDiagnosticIds, new KnownDiagnostics(diagnostics), default);
        var action = await fix.GetFixAllProvider().GetFixAsync(context);
        Assert.Equal(
            Source.Replace("Dense(4)", "Dense(4, UseBias = false)").Replace("Dense(3)", "Dense(3, UseBias = false)").Replace("Dense(2)", "Dense(2, UseBias = false)"),
            await TextAfter(document, action!));
    }

    private static async Task Check(CodeFixProvider fix, string before, string after)
    {
        var document = Document(before);
        var diagnostic = Assert.Single(await DiagnosticsOf(document));
        Assert.Contains(diagnostic.Id, fix.FixableDiagnosticIds);

        CodeAction? action = null;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => action = offered, default));
        Assert.Equal(after, await TextAfter(document, action!));
    }

    private static Document Document(string source)
    {
        var workspace = new AdhocWorkspace();
        var compilation = Compiling.Compile(source);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Models",
            "Models",
            LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: Compiling.ParseOptions,
            metadataReferences: Compiling.References));
        return workspace.AddDocument(project.Id, "Source.cs", SourceText.From("using ModelGen;\n" + source));
    }

    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(Document document) =>
        await Compiling.AnalyzeAsync((await document.Project.GetCompilationAsync())!);

    private static async Task<string> TextAfter(Document document, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        var text = await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync();
        return text.ToString()["using ModelGen;\n".Length..];
    }

    private sealed class KnownDiagnostics(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
