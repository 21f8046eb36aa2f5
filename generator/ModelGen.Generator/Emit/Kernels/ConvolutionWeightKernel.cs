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

    /// <summary>What a band's rows of the filters of a tile may take of the first-level cache, in bytes: the input streams past them.</summary>
    private const int BandBytes = 24 * 1024;

    /// <summary>The fewest places of a band: at its end all sums of a tile go to memory and come back.</summary>
    private const int BandPlaces = 48;

    private readonly Contract _contract;
    private readonly ContractGeometry _geometry;
    private readonly RegionOperands _operands;
    private readonly int[] _inputStrides;
    private readonly int[] _outputStrides;
    private readonly int _channelAxis;
    private readonly int _taps;
    private readonly bool _isShared;

    private ConvolutionWeightKernel(Region region, bool isShared)
    {
        _isShared = isShared;
        _contract = (Contract)region.Anchor;
        _geometry = _contract.Geometry;
        _operands = new RegionOperands(region.Inputs, _contract.Outputs);
        _inputStrides = _geometry.InputShape.Strides();
        _outputStrides = _geometry.OutputShape.Strides();
        _channelAxis = _geometry.ChannelsLast ? _geometry.Axes.Count : 0;
        _taps = _geometry.Axes.Aggregate(1, (product, axis) => product * axis.Kernel);
    }

    private ContractAxis Inner => _geometry.Axes[_geometry.Axes.Count - 1];

    /// <param name="region">The contraction.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, bool isShared, string name)
    {
        var kernel = new ConvolutionWeightKernel(region, isShared);
        return new Kernel(
            name,
            $"{kernel._contract.Layer}: gradient of the weights, {kernel._contract.Details}; a vector of lanes for each weight.",
            kernel._operands.All,
            kernel.Emit)
        {
            IsShared = isShared,
        };
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        var unroll = ChooseUnroll();
        if (WeightTile.Choose(_geometry, width, Inner.Out - InsidePlaces(unroll) + unroll) is not { } tile)
        {
            var most = Math.Min(_geometry.OutPerGroup, width.Accumulators);
            return [.. Tile.Segments(_geometry.OutPerGroup, most).Select((filters, method) => EmitPart(width, filters, (0, _geometry.InPerGroup, 1), (0, 1, 1), null, 1, method))];
        }

        var rowKernel = _geometry.Axes.Count > 1 ? _geometry.Axes[_geometry.Axes.Count - 2].Kernel : 1;

        return
        [
            .. (from filters in Tile.Segments(_geometry.OutPerGroup, tile.Filters)
               from channels in Tile.Segments(_geometry.InPerGroup, tile.Channels)
               from rows in Tile.Segments(rowKernel, tile.Rows)
               from taps in Tile.Segments(Inner.Kernel, tile.Taps)
               from start in Enumerable.Range(0, taps.Count).Select(chunk => taps.Start + (chunk * taps.Size))
               select (filters, channels, rows, start, taps.Size)).Select((part, method) => EmitPart(width, part.filters, part.channels, part.rows, (part.start, part.Size), unroll, method)),
        ];
    }

    /// <summary>Places of the innermost axis that one turn of the inner loop covers: four to eight, without a rest where possible.</summary>
    private int ChooseUnroll()
    {
        for (var count = 8; count > 4; count--)
        {
            if (Inner.Out % count == 0)
            {
                return count;
            }
        }

        return Math.Min(4, Inner.Out);
    }

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

    private string EmitPart(VectorWidth width, (int Start, int Count, int Size) filters, (int Start, int Count, int Size) channels, (int Start, int Count, int Size) rows, (int Start, int Size)? taps, int unroll, int method)
    {
        var writer = new SourceWriter();
        var loops = new Stack<SourceWriter.Scope>();

        // The threads of a block divide the loop over weights that has more turns: their parts are more even.
        var shared = !_isShared ? "" : filters.Count * channels.Count == 1 ? "none" : filters.Count > channels.Count ? "c" : "i";
        if (shared == "none")
        {
            SharedLoop.LeaveToOne(writer, method);
        }

        if (width.Lanes < Lanes)
        {
            loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        }

        if (_geometry.Groups > 1)
        {
            loops.Push(writer.Block($"for (var g = 0; g < {_geometry.Groups}; g++)"));
        }

        var outer = _geometry.Axes.Take(_geometry.Axes.Count - (taps is null ? 0 : 1)).ToList();
        var band = taps is not null && filters.Count * channels.Count > 1 ? ChooseBand(outer, filters.Size) : 0;
        if (band > 0)
        {
            loops.Push(writer.Block($"for (var band = 0; band < {outer[0].Out}; band += {band})"));
        }

        var filter = Loop("c", filters);
        var channel = Loop("i", channels);
        var weight = new OffsetText()
            .Add(Group, _geometry.OutPerGroup * _geometry.InPerGroup * _taps * Lanes)
            .Add(filter, _geometry.InPerGroup * _taps * Lanes)
            .Add(channel, _taps * Lanes)
            .Add(Literal.Of(taps?.Start ?? 0), Lanes);
        var tapStride = _taps;
        var rowStride = 0;
        for (var axis = 0; axis < outer.Count; axis++)
        {
            tapStride /= outer[axis].Kernel;
            if (taps is not null && axis == outer.Count - 1)
            {
                rowStride = tapStride;
                weight.Add(Loop($"k{axis}", rows), tapStride * Lanes);
            }
            else if (outer[axis].Kernel > 1)
            {
                loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {outer[axis].Kernel}; k{axis}++)"));
                weight.Add($"k{axis}", tapStride * Lanes);
            }
        }

        var sums = from f in Enumerable.Range(0, filters.Size)
                   from i in Enumerable.Range(0, channels.Size)
                   from r in Enumerable.Range(0, rows.Size)
                   from k in Enumerable.Range(0, taps?.Size ?? 1)
                   select (Name: $"s{f}_{i}_{r}_{k}", Offset: ((((f * _geometry.InPerGroup) + i) * _taps) + (r * rowStride) + k) * Lanes);
        foreach (var sum in sums)
        {
            writer.Line($"var {sum.Name} = {width.Type}<float>.Zero;");
        }

        writer.Line($"ref var w = ref Unsafe.Add<float>(ref {_operands[_contract.Output]}, {Lane(weight, width)});");
        if (band > 0)
        {
            using (writer.Block("if (band > 0)"))
            {
                foreach (var sum in sums)
                {
                    writer.Line($"{sum.Name} = {width.Type}.LoadUnsafe<float>(ref w{Literal.Comma(sum.Offset)});");
                }
            }

            writer.Line();
        }

        EmitPlaces(new Part(writer, width, filters.Size, channels.Size, rows, taps, unroll, band), filter, channel, outer);
        foreach (var sum in sums)
        {
            writer.Line($"{sum.Name}.StoreUnsafe<float>(ref w{Literal.Comma(sum.Offset)});");
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

            loops.Push(writer.Block(SharedLoop.For(variable == shared, variable, segment.Start, segment.Count, segment.Size)));
            return variable;
        }
    }

    private string Group => _geometry.Groups > 1 ? "g" : "0";

    private static OffsetText Lane(OffsetText offset, VectorWidth width) => width.Lanes < Lanes ? offset.Add("lane", 1) : offset;

    private int AxisPosition(int axis) => _geometry.ChannelsLast ? axis : axis + 1;

    /// <summary>What one method sums up, and how far it is unrolled.</summary>
    private sealed record Part(
        SourceWriter Writer, VectorWidth Width, int Filters, int Channels, (int Start, int Count, int Size) Rows, (int Start, int Size)? Taps, int Unroll, int Band);

    /// <summary>
    /// The places of the first axis that all weights are summed over before the next ones, so that what they read of the
    /// output's gradient stays in the nearest cache; 0 for all.
    /// </summary>
    private int ChooseBand(IReadOnlyList<ContractAxis> outer, int filters)
    {
        if (outer.Count == 0)
        {
            return 0;
        }

        var places = outer.Skip(1).Append(Inner).Aggregate(1, (product, axis) => product * axis.Out);
        var most = BandBytes / (filters * places * Lanes * sizeof(float));
        if (most == 0 || most >= outer[0].Out || most * places < BandPlaces)
        {
            return 0;
        }

        var bands = (outer[0].Out + most - 1) / most;
        return (outer[0].Out + bands - 1) / bands;
    }

    /// <summary>The loops over the places of a block: outer axes, then runs of the innermost one.</summary>
    private void EmitPlaces(Part part, string filter, string channel, IReadOnlyList<ContractAxis> outer)
    {
        var writer = part.Writer;
        var x = new OffsetText().Add(Group, _geometry.InPerGroup * _inputStrides[_channelAxis] * Lanes).Add(channel, _inputStrides[_channelAxis] * Lanes);
        var d = new OffsetText().Add(Group, _geometry.OutPerGroup * _outputStrides[_channelAxis] * Lanes).Add(filter, _outputStrides[_channelAxis] * Lanes);
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < outer.Count; axis++)
        {
            var a = outer[axis];
            var isRowAxis = part.Taps is not null && axis == outer.Count - 1;
            var tap = isRowAxis ? (part.Rows.Count == 1 ? Literal.Of(part.Rows.Start) : $"k{axis}") : a.Kernel > 1 ? $"k{axis}" : "0";
            loops.Push(writer.Block(part.Band > 0 && axis == 0
                ? $"for (int p0 = band, p0End = {(a.Out % part.Band == 0 ? $"band + {part.Band}" : $"Math.Min(band + {part.Band}, {a.Out})")}; p0 < p0End; p0++)"
                : $"for (var p{axis} = 0; p{axis} < {a.Out}; p{axis}++)"));
            SourcePlace.Declare(writer, a, $"f{axis}", $"p{axis}", tap);
            x.Add($"f{axis}", _inputStrides[AxisPosition(axis)] * Lanes);
            d.Add($"p{axis}", _outputStrides[AxisPosition(axis)] * Lanes);
            if (isRowAxis && part.Rows.Size > 1)
            {
                EmitRows(part, a, axis, Lane(x, part.Width).ToString(), Lane(d, part.Width).ToString());
                Close();
                return;
            }

            SourcePlace.SkipOutside(writer, a, $"f{axis}");
        }

        EmitReferences(part, Lane(x, part.Width).ToString(), Lane(d, part.Width).ToString());
        if (part.Taps is null)
        {
            EmitPlace(part, [0], 0, 0, "x", "d");
        }
        else
        {
            EmitInner(part, [0]);
        }

        Close();

        void Close()
        {
            while (loops.Count > 0)
            {
                loops.Pop().Dispose();
            }
        }
    }

    /// <summary>Several rows of the kernel at once where all of them meet the input, one at a time at its edges.</summary>
    private void EmitRows(Part part, ContractAxis rowAxis, int axis, string x, string d)
    {
        var writer = part.Writer;
        var reach = (part.Rows.Size - 1) * rowAxis.Dilation;
        using (writer.Block($"if (f{axis} >= 0 && f{axis} < {rowAxis.In - reach})"))
        {
            EmitReferences(part, x, d);
            EmitInner(part, [.. Enumerable.Range(0, part.Rows.Size)]);
            writer.Line("continue;");
        }

        for (var row = 0; row < part.Rows.Size; row++)
        {
            var step = row * rowAxis.Dilation;
            using (writer.Block($"if ((uint)(f{axis} + {step}) < {rowAxis.In})"))
            {
                // The offset of a row is that of the first one and so many rows more, as in the loop above.
                EmitReferences(part, x + (row == 0 ? "" : $" + {Literal.Of(step * _inputStrides[AxisPosition(axis)] * Lanes)}"), d);
                EmitInner(part, [row], isShifted: true);
            }
        }
    }

    private void EmitReferences(Part part, string x, string d)
    {
        part.Writer.Line($"ref var x = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[0]]}, {x});");
        part.Writer.Line($"ref var d = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[1]]}, {d});");
    }

    /// <param name="part">What is summed up.</param>
    /// <param name="rows">The rows of the tile that take part.</param>
    /// <param name="isShifted">Whether the reference to the input stands at the row itself rather than at the tile's first.</param>
    private void EmitInner(Part part, IReadOnlyList<int> rows, bool isShifted = false)
    {
        var writer = part.Writer;
        var unroll = part.Unroll;
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
                    EmitPlace(part, rows, start + place, place, "xq", "dq", isShifted);
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
                EmitPlace(part, rows, place, 0, "x", "d", isShifted);
            }
        }
    }

    /// <summary>The products of one place; <paramref name="turn"/> is its position in the loop's turn, whose registers slide on.</summary>
    private void EmitPlace(Part part, IReadOnlyList<int> rows, int place, int turn, string x, string d, bool isShifted = false)
    {
        var (writer, width) = (part.Writer, part.Width);
        var innerPosition = AxisPosition(_geometry.Axes.Count - 1);
        var reads = part.Taps is not { } taps
            ? [(Tap: 0, Source: 0)]
            : Enumerable.Range(0, taps.Size)
                .Select(tap => (Tap: tap, Source: Inner.InputPlace(place, taps.Start + tap)))
                .Where(read => read.Source is not null)
                .Select(read => (read.Tap, Source: read.Source!.Value))
                .ToList();
        var slides = part.Taps is not null && Inner.Stride == 1 && Inner.Dilation == 1;
        foreach (var (channel, row) in Sources())
        {
            // Along a row a place slides on from tap to tap: only the newest is loaded.
            foreach (var read in slides && turn > 0 ? reads.Skip(reads.Count - 1) : reads)
            {
                var offset = ((part.Taps is null ? 0 : read.Source * _inputStrides[innerPosition]) + (channel * _inputStrides[_channelAxis]) + (isShifted ? 0 : RowOffset(row))) * Lanes;
                writer.Line($"var {Register(channel, row, read)} = {width.Type}.LoadUnsafe<float>(ref {x}{Literal.Comma(offset)});");
            }
        }

        for (var filter = 0; filter < part.Filters; filter++)
        {
            var offset = ((part.Taps is null ? 0 : place * _outputStrides[innerPosition]) + (filter * _outputStrides[_channelAxis])) * Lanes;
            var load = $"{width.Type}.LoadUnsafe<float>(ref {d}{Literal.Comma(offset)})";
            if (reads.Count * part.Channels * rows.Count > 1)
            {
                writer.Line($"var d{filter}_{turn} = {load};");
                load = $"d{filter}_{turn}";
            }

            foreach (var (channel, row) in Sources())
            {
                foreach (var read in reads)
                {
                    var sum = $"s{filter}_{channel}_{row}_{read.Tap}";
                    writer.Line($"{sum} = {width.MultiplyAdd(Register(channel, row, read), load, sum)};");
                }
            }
        }

        IEnumerable<(int Channel, int Row)> Sources() => Enumerable.Range(0, part.Channels).SelectMany(channel => rows.Select(row => (channel, row)));

        // Sliding registers are named by the place they hold, the others by tap and turn.
        string Register(int channel, int row, (int Tap, int Source) read) =>
            slides ? $"x{channel}_{row}_{read.Source}" : $"x{channel}_{row}_{read.Tap}_{turn}";
    }

    /// <summary>How far a row of the tile lies behind its first one, in elements of the input.</summary>
    private int RowOffset(int row) =>
        row == 0 ? 0 : row * _geometry.Axes[_geometry.Axes.Count - 2].Dilation * _inputStrides[AxisPosition(_geometry.Axes.Count - 2)];
}
