using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// Decides how each part of a prediction of a single sample is computed: with features in the lanes, or element by element
/// in row-major order, which is slower but serves all moves, maps and sums. Where neither can, such as products of two values
/// of a sample, single samples go through the program that has samples in the lanes.
/// </summary>
internal static class OneSampleSupport
{
    /// <summary>The taps of the innermost axis are unrolled; a wider kernel would outgrow the instruction cache.</summary>
    private const int MostInnerTaps = 16;

    /// <summary>Whether the sources and results of a prediction are ones that a single sample can be served with.</summary>
    public static bool Covers(Graph.Graph graph) =>
        graph.Sources.All(source => source.Source is Source.Parameter or Source.Statistic or Source.Input or Source.Carry)
        && graph.Sources.Where(source => source.Element == Element.Int).All(source => graph.Readers(source).All(reader => reader is Gather))
        && graph.Results.All(result => Storage.Root(result.Value) is { Source: Source.Node, Scope: Scope.Sample, Producer: not Gather });

    /// <summary>Whether a token of the step names a row of a table: the row is read where it is.</summary>
    public static bool IsRow(Region region) =>
        region.Anchor is Gather gather && gather.Inputs[0].Shape.Rank == 2 && gather.Inputs[1] is { Source: Source.Input, Shape.Rank: 0 };

    /// <summary>
    /// The regions with those divided that features in the lanes do not serve as a whole: an epilogue that reads in an order of
    /// its own becomes a region behind its anchor, and what is left are single nodes.
    /// </summary>
    public static IEnumerable<Region> Divide(Region region)
    {
        if (region.IsPerModel || Covers(region))
        {
            return [region];
        }

        var parts = new List<Region>();
        foreach (var node in region.Nodes)
        {
            var last = parts.LastOrDefault();
            if (last is not null && Covers(last))
            {
                last.Nodes.Add(node);
                if (Covers(last))
                {
                    continue;
                }

                last.Nodes.Remove(node);
            }

            parts.Add(new Region(node, Fuse.IterationShape(node), region.Phase));
        }

        return parts;
    }

    /// <summary>Whether features in the lanes serve a region.</summary>
    public static bool Covers(Region region)
    {
        var anchor = region.Anchor switch
        {
            Contract contract => Covers(contract) && (ReadsInLanes(contract) || !region.Maps.SelectMany(map => map.Inputs).Any(input => FeatureStorage.Find(input, ValueOrder.RowMajor) == FeatureStorage.Find(contract.Inputs[0], ValueOrder.RowMajor))),
            Window window => Covers(window),
            Unwindow unwindow => Covers(unwindow),
            Concat { Axis: 0 } concat => concat.Inputs.All(FeatureStorage.IsInOrder),
            Reduce { Kind: ReduceKind.LogSumExp } reduce => reduce.Inputs[0].Shape.Rank > 0 && reduce.Axes.SequenceEqual([0]) && FeatureStorage.IsEitherOrder(reduce.Inputs[0]),
            Map or Reduce => region.Nodes.OfType<Reduce>().All(reduce => Covers(reduce, region)),
            _ => false,
        };
        return anchor && region.Maps.All(map => Covers(map, region));
    }

    /// <summary>Whether a single node can be computed element by element in row-major order.</summary>
    public static bool CoversInRows(Region region) =>
        region.Nodes.Count == 1
        && region.Anchor is Map or Reduce { OverSamples: false } or Concat or Slice or Unslice or Permute or Window or Unwindow { Kind: WindowKind.Sum }
        && region.Anchor.Inputs.All(input => input.Element == Element.Float)
        && region.Maps.All(map => !map.Body.Parts().OfType<Scalar.UniformNode>().Any());

    private static bool Covers(Contract contract)
    {
        var geometry = contract.Geometry;
        return contract.Role is ContractRole.Output or ContractRole.Input
            && (contract.Role == ContractRole.Output || geometry.Axes.Count > 0)
            && Storage.Root(contract.Inputs[1]).Source == Source.Parameter
            && contract.Inputs[0].Scope == Scope.Sample
            && (geometry.Axes.Count == 0
                ? geometry.Groups == 1
                : !geometry.ChannelsLast && geometry.Axes[geometry.Axes.Count - 1].Kernel <= MostInnerTaps);
    }

    /// <summary>Whether the source of a contraction lies in the lanes as its geometry says; a dense layer has its weights in any order.</summary>
    public static bool ReadsInLanes(Contract contract)
    {
        var geometry = contract.Geometry;
        var shape = contract.Role == ContractRole.Output ? geometry.InputShape : geometry.OutputShape;
        return geometry.Axes.Count == 0 || FeatureLayout.Of(Storage.Elements(contract.Inputs[0]).Shape) == FeatureLayout.Of(shape);
    }

    private static bool Covers(Window window) =>
        window.Axes.Count > 1
        && window.Axes[0] is { Kernel: 1, Stride: 1, Padding: 0 }
        && FeatureStorage.IsInOrder(window.Inputs[0]);

    /// <summary>Spreading over windows side by side, as upsampling does.</summary>
    private static bool Covers(Unwindow unwindow) =>
        unwindow is { Kind: WindowKind.Sum, Axes.Count: > 1 }
        && unwindow.Axes[0] is { Kernel: 1, Stride: 1, Padding: 0 }
        && unwindow.Axes.All(axis => axis.Kernel == axis.Stride && axis.Dilation == 1)
        && FeatureStorage.IsInOrder(unwindow.Inputs[0]);

    /// <summary>A sum runs over the places of each channel, or over all of a sample.</summary>
    private static bool Covers(Reduce reduce, Region region)
    {
        var input = reduce.Inputs[0];
        var axes = reduce.Axes.OrderBy(axis => axis).ToList();
        return reduce.Kind == ReduceKind.Sum
            && !reduce.OverSamples
            && input.Shape.Rank > 0
            && (region.Makes(input) || FeatureViews.Of(input, input.Shape, region.Iteration) == FeatureView.Full)
            && (axes.SequenceEqual(Enumerable.Range(0, input.Shape.Rank)) || axes.SequenceEqual(Enumerable.Range(1, input.Shape.Rank - 1)));
    }

    private static bool Covers(Map map, Region region)
    {
        // In the epilogue of a tile all places are alike; in a loop of their own they are known.
        var knowsPlaces = region.Anchor is Map or Reduce;
        return map.Body.Parts().All(part => part is not Scalar.UniformNode && (part is not Scalar.CoordinateNode coordinate || (knowsPlaces && coordinate.Axis > 0)))
            && map.Inputs.Zip(map.Views, (value, view) => (value, view)).All(read =>
                region.Makes(read.value)
                || FeatureViews.Of(read.value, read.view, region.Iteration) is FeatureView.Full or FeatureView.Channel or FeatureView.Scalar
                || (knowsPlaces && FeatureViews.Of(read.value, read.view, region.Iteration) == FeatureView.Repeated));
    }
}
