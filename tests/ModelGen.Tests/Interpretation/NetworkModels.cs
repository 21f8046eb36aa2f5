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
    public static Network[] For(IReadOnlyList<string> layers)
    {
        var source = new StringBuilder("using ModelGen;\n");
        for (var i = 0; i < layers.Count; i++)
        {
            source.Append($"[Model, {layers[i]}] public partial class Model{i};\n");
        }

        var compilation = SourceCompilation.Create(source.ToString());
        return [.. layers.Select((text, i) =>
        {
            var analysis = FrontEnd.Analyze(ModelParser.Parse(compilation.GetTypeByMetadataName($"Model{i}")!, CancellationToken.None));
            return analysis.Network ?? throw new InvalidOperationException(
                $"[Model, {text}] is refused: {analysis.Error?.Error.Descriptor.Id} {string.Join(", ", analysis.Error?.Error.MessageArguments ?? default)}");
        })];
    }
}
