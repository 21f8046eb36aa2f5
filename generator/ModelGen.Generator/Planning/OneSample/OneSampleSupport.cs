using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// Decides whether a network can be predicted with features in the lanes; where it cannot, single samples go through the
/// program that has samples in the lanes, which can do everything.
/// </summary>
internal static class OneSampleSupport
{
    /// <summary>The taps of the innermost axis are unrolled; a wider kernel would outgrow the instruction cache.</summary>
    private const int MostInnerTaps = 16;

    /// <summary>Whether every region of a prediction, and the order its values are read in, is one that features in the lanes can serve.</summary>
    public static bool Covers(Graph.Graph graph, IReadOnlyList<Region> regions) =>
        graph.Sources.All(source => source.Source is Source.Parameter or Source.Statistic || (source.Source == Source.Input && source.Element == Element.Float))
        && graph.Results.All(result => Storage.Elements(result.Value) is { Source: Source.Node, Scope: Scope.Sample })
        && !graph.Nodes.Any(node => node is Slice or Unslice)
        && regions.All(Covers);

    private static bool Covers(Region region)
    {
        if (region.IsPerModel)
        {
            return true;
        }

        var anchor = region.Anchor switch
        {
            Contract contract => Covers(contract) && region.Maps.All(map => map.Inputs.All(input => Storage.Elements(input).Source != Source.Input)),
            Window window => Covers(window),
            Reduce { Kind: ReduceKind.LogSumExp } reduce => reduce.Inputs[0].Shape.Rank > 0 && reduce.Axes.SequenceEqual([0]) && IsVector(reduce.Inputs[0]),
            Map or Reduce => region.Nodes.OfType<Reduce>().All(reduce => Covers(reduce, region)),
            _ => false,
        };
        return anchor && region.Maps.All(map => Covers(map, region));
    }

    private static bool Covers(Contract contract)
    {
        var geometry = contract.Geometry;
        var source = Storage.Elements(contract.Inputs[0]);
        var isForward = contract.Role == ContractRole.Output;
        return (isForward || (contract.Role == ContractRole.Input && geometry.Axes.Count > 0))
            && geometry.Groups == 1
            && contract.Inputs[1].Source == Source.Parameter
            && source.Scope == Scope.Sample
            && (geometry.Axes.Count == 0
                || (!geometry.ChannelsLast
                    && geometry.Axes[geometry.Axes.Count - 1].Kernel <= MostInnerTaps
                    && (source.Source == Source.Input || source.Shape.Equals(isForward ? geometry.InputShape : geometry.OutputShape))));
    }

    private static bool Covers(Window window) =>
        window.Axes.Count > 1
        && window.Axes[0] is { Kernel: 1, Stride: 1, Padding: 0 }
        && Storage.Elements(window.Inputs[0]).Shape.Equals(window.Inputs[0].Shape);

    /// <summary>A sum runs over the places of each channel, or over all of a sample.</summary>
    private static bool Covers(Reduce reduce, Region region)
    {
        var input = reduce.Inputs[0];
        var axes = reduce.Axes.OrderBy(axis => axis);
        return reduce.Kind == ReduceKind.Sum
            && !reduce.OverSamples
            && input.Shape.Rank > 0
            && (region.Makes(input) || FeatureViews.Of(input, input.Shape, region.Iteration) == FeatureView.Full)
            && (axes.SequenceEqual(Enumerable.Range(0, input.Shape.Rank)) || axes.SequenceEqual(Enumerable.Range(1, input.Shape.Rank - 1)));
    }

    private static bool Covers(Map map, Region region) =>
        !map.Body.Parts().Any(part => part is Scalar.CoordinateNode or Scalar.UniformNode)
        && map.Inputs.Zip(map.Views, (value, view) => (value, view))
            .All(read => region.Makes(read.value) || FeatureViews.Of(read.value, read.view, region.Iteration) != FeatureView.Other);

    private static bool IsVector(Value value) => FeatureLayout.Of(Storage.Elements(value).Shape).Places == 1;
}
