using System.Linq;
using System.Text;

namespace ModelGen.Generator.Graph;

/// <summary>Prints a graph, one numbered node a line: what tests compare and what a pass is explained with.</summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        foreach (var source in graph.Sources)
        {
            text.Append($"{source}: {source.Source.ToString().ToLowerInvariant()} {source.Name} {Describe(source)}\n");
        }

        foreach (var node in graph.Nodes)
        {
            var outputs = string.Join(", ", node.Outputs.Select(output => output.ToString()));
            var inputs = string.Join(", ", node.Inputs.Select(input => input.ToString()));
            text.Append($"{outputs} = {node.Name}({inputs}) {Describe(node.Output)}");
            text.Append(node.Details.Length > 0 ? $" [{node.Details}]" : "");
            text.Append($" of {node.Layer}{(node.IsGradient ? " backward" : "")}\n");
        }

        foreach (var result in graph.Results)
        {
            text.Append($"{result.Kind.ToString().ToLowerInvariant()} {result.Index} = {result.Value}\n");
        }

        return text.ToString();
    }

    private static string Describe(Value value) =>
        $"{(value.Scope == Scope.Sample ? "sample" : "model")} {value.Element.ToString().ToLowerInvariant()} {value.Shape}";
}
