using System.Text;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Tests.Numeric;

namespace ModelGen.Tests.Interpretation;

/// <summary>Networks of models that are given as the text of their attributes: the compiler's front end alone.</summary>
internal static class NetworkModels
{
    /// <summary>A network for each list of attributes.</summary>
    /// <exception cref="InvalidOperationException">The front end refuses a model.</exception>
    public static Network[] For(IReadOnlyList<string> layers) =>
    [
        .. Analyze(layers).Select((analysis, i) => analysis.Network ?? throw new InvalidOperationException(
            $"[Model, {layers[i]}] is refused: {analysis.Error?.Error.Descriptor.Id} {string.Join(", ", analysis.Error?.Error.MessageArguments ?? default)}")),
    ];

    /// <summary>The inputs, labels and outputs of each list of attributes.</summary>
    public static ModelSignature[] Signatures(IReadOnlyList<string> layers) => [.. Analyze(layers).Select(analysis => analysis.Signature)];

    private static IEnumerable<FrontEndResult> Analyze(IReadOnlyList<string> layers)
    {
        var source = new StringBuilder("using ModelGen;\nusing ModelGen.Tests.Numeric;\n");
        for (var i = 0; i < layers.Count; i++)
        {
            source.Append($"[{ModelText.Attributes(layers[i])}] public partial class Model{i};\n");
        }

        var compilation = SourceCompilation.Create(source.ToString());
        return layers.Select((_, i) => FrontEnd.Analyze(ModelParser.Parse(compilation.GetTypeByMetadataName($"Model{i}")!, CancellationToken.None)));
    }
}
