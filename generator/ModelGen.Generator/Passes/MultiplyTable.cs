using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Multiplies a table by the weights instead of what is taken from it, and adds the bias there too, where a block of samples
/// takes at least as many rows as there are: an embedding followed by the input weights of a recurrent layer becomes a table
/// of gates. A stream, whose table is made once for many steps, has one whenever there are not too many tokens.
/// </summary>
/// <remarks>
/// <code>
/// %3 = gather(%0, %1)                      %3 = contract(%0, %2) [output 8->4]
/// %4 = contract(%3, %2) [output 8->4]  →   %4 = gather(%3, %1)
/// </code>
/// </remarks>
internal sealed class MultiplyTable : Pass
{
    /// <summary>The most rows of a table that a stream multiplies before its first step.</summary>
    private const int MostStreamRows = 1024;

    public override string Name => nameof(MultiplyTable);

    public override void Run(Graph.Graph graph)
    {
        foreach (var gather in graph.Nodes.OfType<Gather>().ToList())
        {
            var (table, indices) = (gather.Inputs[0], gather.Inputs[1]);
            var rows = table.Shape[0];
            if (rows > (indices.Shape.Rank == 0 ? MostStreamRows : indices.Shape.Count * Emit.VectorWidth.BlockLanes)
                || table.Shape.Rank != 2
                || graph.OnlyReader(gather.Output) is not Contract product
                || !IsRowsTimesWeights(product))
            {
                continue;
            }

            var (place, count) = (graph.Nodes.IndexOf(gather), graph.Nodes.Count);
            var geometry = product.Geometry with { Axes = [new ContractAxis(rows, rows, 1)], ChannelsLast = true };
            var products = graph.Contract(product.Layer, geometry, table, product.Inputs[1]);
            var replaced = (Node)product;
            if (graph.OnlyReader(product.Output) is Map map && AddsToChannels(map, product.Output))
            {
                products = graph.MapOfUsed(
                    map.Layer,
                    products.Shape,
                    map.Body,
                    [.. map.Inputs.Select(input => ReferenceEquals(input, product.Output) ? products : input)],
                    [.. map.Inputs.Zip(map.Views, (input, view) => ReferenceEquals(input, product.Output) ? products.Shape : OverRows(view))]);
                replaced = map;
            }

            graph.ReplaceUses(replaced.Output, graph.Gather(gather.Layer, products, indices));

            // In the place of the old ones: what adds the rows to a product can then join that product's loop.
            graph.MoveAdded(count, place);
            graph.Nodes.Remove(replaced);
            graph.Nodes.Remove(product);
            graph.Nodes.Remove(gather);
            graph.Sort();
        }
    }

    /// <summary>Whether a product takes every row alone: at each place of a sequence, or the only one there is.</summary>
    private static bool IsRowsTimesWeights(Contract product) =>
        product is { Role: ContractRole.Output, Geometry.Groups: 1 }
        && (product.Geometry.Axes.Count == 0
            || (product.Geometry is { ChannelsLast: true, Axes.Count: 1 } && product.Geometry.Axes[0] is { Kernel: 1, Stride: 1, Padding: 0 }));

    /// <summary>How what is the same for every row is seen beside a table of rows.</summary>
    private static Shape OverRows(Shape view) => view.Rank == 1 ? new Shape(1, view[0]) : view;

    /// <summary>Whether a map reads, beside the product, only numbers of the model that are the same at every place.</summary>
    private static bool AddsToChannels(Map map, Value product) =>
        map.Shape.Equals(product.Shape)
        && !map.Body.Parts().Any(part => part is Scalar.CoordinateNode or Scalar.UniformNode)
        && map.Inputs.Zip(map.Views, (input, view) => (input, view)).All(read => ReferenceEquals(read.input, product)
            ? read.view.Equals(map.Shape)
            : read.input.Scope == Scope.Model && (read.view.Rank == 1 || read.view[0] == 1));
}
