using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>
/// Emits maps of a single sample, and the sums that are taken of them, with features in the lanes: sums over places stay
/// in the lanes, sums over all of a sample end with a sum across them.
/// </summary>
internal sealed class FeatureLoopKernel
{
    private readonly Region _region;
    private readonly IReadOnlyCollection<Value> _stored;
    private readonly RegionOperands _operands;
    private readonly IReadOnlyList<Reduce> _sums;
    private readonly FeatureLayout _layout;
    private readonly LoopNest _nest;
    private readonly bool _sharesPlaces;
    private readonly bool _sharesChannels;

    private FeatureLoopKernel(Region region, IReadOnlyCollection<Value> stored, bool isShared)
    {
        _region = region;
        _stored = stored;
        _operands = new RegionOperands(region.Inputs, stored);
        _sums = [.. region.Nodes.OfType<Reduce>()];
        _layout = FeatureLayout.Of(region.Iteration);

        // The loops over places: one for all axes, unless something repeats along some of them or asks for its place.
        var places = region.Iteration.Extents.Skip(1).ToList();
        var strides = region.Maps.SelectMany(map => map.Inputs.Zip(map.Views, (value, view) => (value, view)))
            .Where(read => !region.Makes(read.value) && FeatureViews.Of(read.value, read.view, region.Iteration) == FeatureView.Repeated)
            .Select(read => FeatureViews.PlaceStrides(read.value, read.view))
            .Concat([new Shape(places).Strides()])
            .ToList();
        var coordinates = region.Maps.SelectMany(map => map.Body.Parts()).OfType<Scalar.CoordinateNode>().Select(node => node.Axis - 1).Distinct().ToList();
        _nest = LoopNest.Create(places, [.. Enumerable.Range(0, places.Count)], strides, coordinates, 0);

        // A sum is added up by one thread.
        _sharesPlaces = isShared && _sums.Count == 0 && _nest.Loops.Count > 0;
        _sharesChannels = isShared && _sums.Count == 0 && _nest.Loops.Count == 0 && _layout.Stride > VectorWidth.BlockLanes;
    }

    /// <param name="region">Maps and sums.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, bool isShared, string name)
    {
        var kernel = new FeatureLoopKernel(region, stored, isShared);
        return new Kernel(name, $"{Formulas.Places(region.Iteration)} of one sample: {Formulas.Of(region)}.", kernel._operands.All, width => [kernel.Emit(kernel._layout.Width(width))]) { IsShared = kernel._sharesPlaces || kernel._sharesChannels };
    }

    /// <summary>Whether a sum keeps its channels apart; a value of one axis has no places to sum over.</summary>
    private bool KeepsChannels => _sums.Count > 0 && !_sums[0].Axes.Contains(0);

    private string Emit(VectorWidth width)
    {
        var writer = new SourceWriter();
        if (_sums.Count > 0 && !KeepsChannels)
        {
            Clear(writer, width);
        }

        var whole = _layout.Channels / width.Lanes * width.Lanes;
        var isMasked = _sums.Count > 0 && !KeepsChannels && whole < _layout.Channels;
        var end = isMasked ? whole : _layout.Stride;
        if (end > 0)
        {
            EmitChannels(writer, width, end, "");
        }

        if (isMasked)
        {
            // Vectors of padding alone are left out.
            EmitChannels(writer, width, whole + width.Lanes, $"{width.Type}.LessThan<float>({width.Type}<float>.Indices, {width.Type}.Create<float>({Literal.Of((double)(_layout.Channels - whole))}))", whole);
        }

        if (_sums.Count > 0 && !KeepsChannels)
        {
            for (var i = 0; i < _sums.Count; i++)
            {
                writer.Line($"{_operands[_sums[i].Output]} = {width.Type}.Sum<float>(sum{i});");
            }
        }

        return writer.ToString();
    }

    private void EmitChannels(SourceWriter writer, VectorWidth width, int end, string mask, int start = 0)
    {
        var several = end - start > width.Lanes;
        var channel = several ? "c" : Literal.Of(start);
        using (writer.Block(several ? SharedLoop.For(_sharesChannels, "c", start, (end - start) / width.Lanes, width.Lanes) : ""))
        {
            if (KeepsChannels)
            {
                Clear(writer, width);
            }

            using (_nest.Open(writer, 0, _nest.Loops.Count, _sharesPlaces))
            {
                var tile = new FeatureEpilogue(writer, width, _region, [.. _stored.Where(value => value.Producer is Map)], _operands, axis => _nest.Coordinate(axis - 1));
                tile.Begin([], [channel], strides => _nest.Offset(strides, 1) is { Length: > 0 } offset ? offset : "0");
                tile.BeginRow(0);
                var results = tile.Emit(0, 0, null, null);
                for (var i = 0; i < _sums.Count; i++)
                {
                    var input = _sums[i].Inputs[0];
                    var text = results.TryGetValue(input, out var local) ? local : tile.Load(input, 0, 0);
                    writer.Line($"sum{i} += {(mask.Length > 0 ? $"{width.Type}.ConditionalSelect<float>({mask}, {text}, {width.Type}<float>.Zero)" : text)};");
                }
            }

            for (var i = 0; KeepsChannels && i < _sums.Count; i++)
            {
                writer.Line($"sum{i}.StoreUnsafe<float>(ref Unsafe.Add<float>(ref {_operands[_sums[i].Output]}, {channel}));");
            }
        }
    }

    private void Clear(SourceWriter writer, VectorWidth width)
    {
        for (var i = 0; i < _sums.Count; i++)
        {
            writer.Line($"var sum{i} = {width.Type}<float>.Zero;");
        }
    }
}
