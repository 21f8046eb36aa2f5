using System.Text;
using ModelGen.Reference.Oracles;
using ModelGen.Tests.Numeric;

namespace ModelGen.Tests.Oracles;

/// <summary>Oracles of models that are given as the text of their attributes, without the generator.</summary>
internal static class OracleModels
{
    /// <summary>An oracle for each list of attributes.</summary>
    public static Oracle[] For(IReadOnlyList<string> layers)
    {
        var source = new StringBuilder("using ModelGen;\nusing ModelGen.Tests.Numeric;\n");
        for (var i = 0; i < layers.Count; i++)
        {
            source.Append($"[{ModelText.Attributes(layers[i])}] public class Model{i};\n");
        }

        var assembly = SourceCompilation.Load(source.ToString());
        return [.. layers.Select((_, i) => Oracle.For(assembly.GetType($"Model{i}")!))];
    }
}
