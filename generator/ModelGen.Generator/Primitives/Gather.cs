using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>Rows of a table by index: (places, …) of a table (rows, …) and indices (places).</summary>
internal sealed class Gather(string layer, Value table, Value indices) : Node(layer, [table, indices])
{
    public override string Name => "gather";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is { } outer && gradients.Wants(Inputs[0]))
        {
            gradients.Add(Inputs[0], gradients.Graph.Scatter(Layer, outer, Inputs[1], Inputs[0].Shape), Layer);
        }
    }
}

/// <summary>The transpose of <see cref="Gather"/>: adds each row to that of a table, over all samples.</summary>
internal sealed class Scatter(string layer, Value rows, Value indices) : Node(layer, [rows, indices])
{
    public override string Name => "scatter";

    public override void Differentiate(GradientBuilder gradients)
    {
        // Stands in backward passes only.
    }
}

/// <summary>How gathers are added to a graph.</summary>
internal static class GatherBuilder
{
    public static Value Gather(this Graph.Graph graph, string layer, Value table, Value indices) => graph.Add(
        new Gather(layer, table, indices), (layer, new Shape([.. indices.Shape.Extents, .. table.Shape.Without([0]).Extents]), indices.Scope, Element.Float)).Output;

    public static Value Scatter(this Graph.Graph graph, string layer, Value rows, Value indices, Shape table) => graph.Add(
        new Scatter(layer, rows, indices), (layer, table, Scope.Model, Element.Float)).Output;
}
