using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the weight gradient of a contraction over places: for a tile of filters, channels and taps the products are summed
/// in registers over all places of a block, one sample a lane, and stored as a vector for each weight. Adding up the lanes
/// is a step of its own.
/// </summary>
internal sealed class ConvolutionWeightKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>The multiply-adds written out in one method; beyond it the taps of the innermost axis become a loop.</summary>
    private const int UnrollBudget = 1000;

    private readonly Contract _contract;
    private readonly ContractGeometry _geometry;
    private readonly RegionOperands _operands;
    private readonly int[] _inputStrides;
    private readonly int[] _outputStrides;
    private readonly int _channelAxis;
    private readonly int _taps;

    private ConvolutionWeightKernel(Region region)
    {
        _contract = (Contract)region.Anchor;
        _geometry = _contract.Geometry;
        _operands = new RegionOperands(region.Inputs, _contract.Outputs);
        _inputStrides = _geometry.InputShape.Strides();
        _outputStrides = _geometry.OutputShape.Strides();
        _channelAxis = _geometry.ChannelsLast ? _geometry.Axes.Count : 0;
        _taps = _geometry.Axes.Aggregate(1, (product, axis) => product * axis.Kernel);
    }

    private ContractAxis Inner => _geometry.Axes[_geometry.Axes.Count - 1];

    /// <summary>What is accumulated at once: filters, channels and taps of the innermost axis.</summary>
    private readonly record struct WeightTile(int Filters, int Channels, int Taps);

    public static Kernel Create(Region region, string name)
    {
        var kernel = new ConvolutionWeightKernel(region);
        return new Kernel(
            name,
            $"{kernel._contract.Layer}: gradient of the weights, {kernel._contract.Details}; a vector of lanes for each weight.",
            kernel._operands.All,
            kernel.Emit);
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        var tile = ChooseTile(width);
        var unroll = ChooseUnroll();
        var written = (Inner.Out - InsidePlaces(unroll)) + unroll;
        if (tile.Filters * tile.Channels * tile.Taps * written > UnrollBudget)
        {
            tile = new WeightTile(Math.Min(_geometry.OutPerGroup, width.Accumulators), 1, 1);
            return [.. Tile.Segments(_geometry.OutPerGroup, tile.Filters).Select(filters => EmitPart(width, filters, (0, _geometry.InPerGroup, 1), null, 1))];
        }

        return
        [
            .. from filters in Tile.Segments(_geometry.OutPerGroup, tile.Filters)
               from channels in Tile.Segments(_geometry.InPerGroup, tile.Channels)
               from taps in Tile.Segments(Inner.Kernel, tile.Taps)
               from start in Enumerable.Range(0, taps.Count).Select(chunk => taps.Start + (chunk * taps.Size))
               select EmitPart(width, filters, channels, (start, taps.Size), unroll),
        ];
    }

    /// <summary>Places of the innermost axis that one turn of the inner loop covers.</summary>
    private int ChooseUnroll() => Math.Min(Inner.Out, 8) is var most && Enumerable.Range(4, 5).LastOrDefault(count => Inner.Out % count == 0) is var even && even > 0 ? Math.Min(even, most) : Math.Min(4, most);

    private (int Start, int End) Inside()
    {
        var start = 0;
        while (start < Inner.Out && Inner.InputPlace(start, 0) is null)
        {
            start++;
        }

        var end = Inner.Out;
        while (end > start && Inner.InputPlace(end - 1, Inner.Kernel - 1) is null)
        {
            end--;
        }

        return (start, end);
    }

    private int InsidePlaces(int unroll)
    {
        var (start, end) = Inside();
        return (end - start) / unroll >= 2 ? (end - start) / unroll * unroll : 0;
    }

    private WeightTile ChooseTile(VectorWidth width)
    {
        var best = new WeightTile(1, 1, 1);
        var bestCost = double.MaxValue;
        for (var taps = 1; taps <= Math.Min(Inner.Kernel, 12); taps++)
        {
            for (var channels = 1; channels <= Math.Min(_geometry.InPerGroup, 8); channels++)
            {
                for (var filters = 1; filters <= Math.Min(_geometry.OutPerGroup, width.Accumulators / (taps * channels)); filters++)
                {
                    var sums = filters * channels * taps;
                    if (sums + (channels * taps) + 1 > width.Budget)
                    {
                        continue;
                    }

                    var cost = 0.0;
                    foreach (var f in Tile.Segments(_geometry.OutPerGroup, filters))
                    {
                        foreach (var c in Tile.Segments(_geometry.InPerGroup, channels))
                        {
                            foreach (var t in Tile.Segments(Inner.Kernel, taps))
                            {
                                // Along a row a place is loaded once and slides through the taps, unless the stride skips.
                                var loads = f.Size + (c.Size * (Inner.Stride == 1 && Inner.Dilation == 1 ? 1 : t.Size));
                                cost += f.Count * c.Count * t.Count * Math.Max(Math.Max(f.Size * c.Size * t.Size / 2.0, 4), loads / 2.0);
                            }
                        }
                    }

                    if (cost < bestCost - 1e-9)
                    {
                        bestCost = cost;
                        best = new WeightTile(filters, channels, taps);
                    }
                }
            }
        }

        return best;
    }

    private string EmitPart(VectorWidth width, (int Start, int Count, int Size) filters, (int Start, int Count, int Size) channels, (int Start, int Size)? taps, int unroll)
    {
        var writer = new SourceWriter();
        var loops = new Stack<SourceWriter.Scope>();
        if (width.Lanes < Lanes)
        {
            loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        }

        if (_geometry.Groups > 1)
        {
            loops.Push(writer.Block($"for (var g = 0; g < {_geometry.Groups}; g++)"));
        }

        var filter = Loop("c", filters);
        var channel = Loop("i", channels);
        var outer = _geometry.Axes.Take(_geometry.Axes.Count - (taps is null ? 0 : 1)).ToList();
        var weight = new OffsetText()
            .Add(Group, _geometry.OutPerGroup * _geometry.InPerGroup * _taps * Lanes)
            .Add(filter, _geometry.InPerGroup * _taps * Lanes)
            .Add(channel, _taps * Lanes)
            .Add(Literal.Of(taps?.Start ?? 0), Lanes);
        var tapStride = _taps;
        for (var axis = 0; axis < outer.Count; axis++)
        {
            tapStride /= outer[axis].Kernel;
            if (outer[axis].Kernel > 1)
            {
                loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {outer[axis].Kernel}; k{axis}++)"));
                weight.Add($"k{axis}", tapStride * Lanes);
            }
        }

        var sums = from f in Enumerable.Range(0, filters.Size)
                   from i in Enumerable.Range(0, channels.Size)
                   from k in Enumerable.Range(0, taps?.Size ?? 1)
                   select (Name: $"s{f}_{i}_{k}", Offset: ((((f * _geometry.InPerGroup) + i) * _taps) + k) * Lanes);
        foreach (var sum in sums)
        {
            writer.Line($"var {sum.Name} = {width.Type}<float>.Zero;");
        }

        EmitPlaces(writer, width, filter, channel, filters.Size, channels.Size, taps, unroll, outer);
        writer.Line($"ref var w = ref Unsafe.Add<float>(ref {_operands[_contract.Output]}, {Lane(weight, width)});");
        foreach (var sum in sums)
        {
            writer.Line($"{sum.Name}.StoreUnsafe<float>(ref w{(sum.Offset == 0 ? "" : ", " + Literal.Of(sum.Offset))});");
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();

        string Loop(string variable, (int Start, int Count, int Size) segment)
        {
            if (segment.Count == 1)
            {
                return Literal.Of(segment.Start);
            }

            loops.Push(writer.Block($"for (var {variable} = {segment.Start}; {variable} < {segment.Start + (segment.Count * segment.Size)}; {variable} += {segment.Size})"));
            return variable;
        }
    }

    private string Group => _geometry.Groups > 1 ? "g" : "0";

    private static OffsetText Lane(OffsetText offset, VectorWidth width) => width.Lanes < Lanes ? offset.Add("lane", 1) : offset;

    private int AxisPosition(int axis) => _geometry.ChannelsLast ? axis : axis + 1;

    /// <summary>The loops over the places of a block: outer axes, then runs of the innermost one.</summary>
    private void EmitPlaces(
        SourceWriter writer, VectorWidth width, string filter, string channel, int filters, int channels, (int Start, int Size)? taps, int unroll, IReadOnlyList<ContractAxis> outer)
    {
        var x = new OffsetText().Add(Group, _geometry.InPerGroup * _inputStrides[_channelAxis] * Lanes).Add(channel, _inputStrides[_channelAxis] * Lanes);
        var d = new OffsetText().Add(Group, _geometry.OutPerGroup * _outputStrides[_channelAxis] * Lanes).Add(filter, _outputStrides[_channelAxis] * Lanes);
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < outer.Count; axis++)
        {
            var a = outer[axis];
            loops.Push(writer.Block($"for (var p{axis} = 0; p{axis} < {a.Out}; p{axis}++)"));
            writer.Line($"var f{axis} = (p{axis} * {a.Stride}) + ({(a.Kernel > 1 ? $"k{axis}" : "0")} * {a.Dilation}) - {a.Padding};");
            using (writer.Block($"if ((uint)f{axis} >= {a.In})"))
            {
                writer.Line("continue;");
            }

            x.Add($"f{axis}", _inputStrides[AxisPosition(axis)] * Lanes);
            d.Add($"p{axis}", _outputStrides[AxisPosition(axis)] * Lanes);
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[0]]}, {Lane(x, width)});");
        writer.Line($"ref var d = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[1]]}, {Lane(d, width)});");
        if (taps is null)
        {
            EmitPlace(writer, width, filters, channels, null, 0, 0, 0);
        }
        else
        {
            EmitInner(writer, width, filters, channels, taps.Value, unroll);
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    private void EmitInner(SourceWriter writer, VectorWidth width, int filters, int channels, (int Start, int Size) taps, int unroll)
    {
        var inside = InsidePlaces(unroll);
        var (start, _) = Inside();
        var end = inside > 0 ? start + inside : start;
        for (var place = 0; place < start; place++)
        {
            EmitFixed(place);
        }

        if (inside > 0)
        {
            var inputStep = Inner.Stride * _inputStrides[AxisPosition(_geometry.Axes.Count - 1)] * Lanes;
            var outputStep = _outputStrides[AxisPosition(_geometry.Axes.Count - 1)] * Lanes;
            using (writer.Block($"for (int q = 0, xs = 0, ds = 0; q < {inside / unroll}; q++, xs += {inputStep * unroll}, ds += {outputStep * unroll})"))
            {
                writer.Line("ref var xq = ref Unsafe.Add<float>(ref x, xs);");
                writer.Line("ref var dq = ref Unsafe.Add<float>(ref d, ds);");
                for (var place = 0; place < unroll; place++)
                {
                    EmitPlace(writer, width, filters, channels, taps, start + place, place, start, "xq", "dq");
                }
            }
        }

        for (var place = end; place < Inner.Out; place++)
        {
            EmitFixed(place);
        }

        void EmitFixed(int place)
        {
            using (writer.Block(""))
            {
                EmitPlace(writer, width, filters, channels, taps, place, 0, place);
            }
        }
    }

    /// <summary>The products of one place; <paramref name="turn"/> is its position in the loop's turn, whose registers slide on.</summary>
    private void EmitPlace(
        SourceWriter writer, VectorWidth width, int filters, int channels, (int Start, int Size)? taps, int place, int turn, int first, string x = "x", string d = "d")
    {
        var innerPosition = AxisPosition(_geometry.Axes.Count - 1);
        var reads = taps is null
            ? [(Tap: 0, Source: 0)]
            : Enumerable.Range(0, taps.Value.Size)
                .Select(tap => (Tap: tap, Source: Inner.InputPlace(place, taps.Value.Start + tap)))
                .Where(read => read.Source is not null)
                .Select(read => (read.Tap, Source: read.Source!.Value))
                .ToList();
        var slides = taps is not null && Inner.Stride == 1 && Inner.Dilation == 1 && turn > 0;
        for (var i = 0; i < channels; i++)
        {
            for (var r = 0; r < reads.Count; r++)
            {
                if (slides && r < reads.Count - 1)
                {
                    continue;
                }

                var offset = ((reads[r].Source * (taps is null ? 0 : _inputStrides[innerPosition])) + (i * _inputStrides[_channelAxis])) * Lanes;
                writer.Line($"var {Register(i, reads[r])} = {width.Type}.LoadUnsafe<float>(ref {x}{(offset == 0 ? "" : ", " + Literal.Of(offset))});");
            }
        }

        for (var f = 0; f < filters; f++)
        {
            var offset = ((taps is null ? 0 : place * _outputStrides[innerPosition]) + (f * _outputStrides[_channelAxis])) * Lanes;
            var load = $"{width.Type}.LoadUnsafe<float>(ref {d}{(offset == 0 ? "" : ", " + Literal.Of(offset))})";
            var local = $"d{f}_{turn}";
            if (reads.Count * channels > 1)
            {
                writer.Line($"var {local} = {load};");
                load = local;
            }

            for (var i = 0; i < channels; i++)
            {
                foreach (var read in reads)
                {
                    var sum = $"s{f}_{i}_{read.Tap}";
                    writer.Line($"{sum} = {width.MultiplyAdd(Register(i, read), load, sum)};");
                }
            }
        }

        // Sliding registers are named by the place they hold, the others by tap and turn.
        string Register(int i, (int Tap, int Source) read) =>
            Inner.Stride == 1 && Inner.Dilation == 1 ? $"x{i}_{read.Source}" : $"x{i}_{read.Tap}_{turn}";
    }
}
