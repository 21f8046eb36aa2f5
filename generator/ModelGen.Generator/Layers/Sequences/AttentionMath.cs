using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Layers;

/// <summary>What all attention is made of, written for a layer: products of sequences that both belong to the sample.</summary>
internal static class AttentionMath
{
    /// <summary>What a step that must not be seen scores: its weight rounds to zero.</summary>
    public const double Hidden = -1e30;

    /// <summary>At every step of (length, features) the same product: (length, rows of the weights).</summary>
    public static Value Project(Graph.Graph graph, string layer, Value x, Value weights)
    {
        var geometry = new ContractGeometry(1, weights.Shape[1], weights.Shape[0], [new ContractAxis(x.Shape[0], x.Shape[0], 1)], ChannelsLast: true);
        return graph.Contract(layer, geometry, x, weights);
    }

    /// <summary>exp(x − log Σ exp x) over the memory's steps, axis 1 of the scores unless given.</summary>
    public static Value Softmax(Graph.Graph graph, string layer, Value scores, int axis = 1)
    {
        var sum = graph.Reduce(layer, ReduceKind.LogSumExp, scores, [axis]);
        return graph.Map(layer, scores.Shape, Scalar.Exp(Scalar.Read(0) - Scalar.Read(1)), (scores, scores.Shape), (sum, scores.Shape.With(axis, 1)));
    }
}
