using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>
/// Emits the contraction of a single sample with output channels in the lanes: packed weights are loaded as vectors, the
/// numbers of the source are broadcast (loaded as vectors too where each channel is filtered by itself), and a tile of channels by places accumulates in registers.
/// </summary>
internal sealed class FeatureContractKernel
{
    /// <summary>The multiply-adds after which a further method is begun; the JIT stops optimising methods that are too large.</summary>
    private const int MethodBudget = 1000;

    private readonly Region _region;
    private readonly Contract _contract;
    private readonly IReadOnlyCollection<Value> _stored;
    private readonly RegionOperands _operands;
    private readonly IReadOnlyList<ContractAxis> _axes;
    private readonly PackedWeights _weights;
    private readonly bool _isForward;
    private readonly bool _isDepthwise;
    private readonly bool _isShared;
    private readonly int _channelStride;
    private readonly int[] _placeStrides;

    private FeatureContractKernel(Region region, IReadOnlyCollection<Value> stored, ValueOrder order, bool isShared)
    {
        _isShared = isShared;
        _region = region;
        _contract = (Contract)region.Anchor;
        _stored = stored;
        _operands = new RegionOperands(region.Inputs, stored);
        _axes = _contract.Geometry.Axes;
        _weights = PackedWeights.Of(_contract, order, isShared);
        _isDepthwise = PackedWeights.IsDepthwise(_contract);

        // What the caller gives is read as it is, channels first; what kernels made has its channels last.
        _isForward = _contract.Role == ContractRole.Output;
        var strides = (_isForward ? _contract.Geometry.InputShape : _contract.Geometry.OutputShape).Strides();
        if (order == ValueOrder.RowMajor)
        {
            _channelStride = strides[0];
            _placeStrides = [.. strides.Skip(1)];
        }
        else
        {
            var stride = FeatureStorage.Stride(_contract.Inputs[0]);
            _channelStride = 1;
            _placeStrides = _axes.Count > 0 ? [.. new Shape(_axes.Select(axis => _isForward ? axis.In : axis.Out)).Strides().Select(places => places * stride)] : [stride];
        }
    }

    /// <param name="region">The contraction and the maps behind it.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="order">The order in which it reads its source.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, ValueOrder order, bool isShared, string name)
    {
        var kernel = new FeatureContractKernel(region, stored, order, isShared);
        var epilogue = Formulas.Behind(region);
        return new Kernel(name, $"{kernel._contract.Layer} of one sample: product, {kernel._contract.Details}{epilogue}.", kernel._operands.All, kernel.Emit) { IsShared = isShared };
    }

    private IReadOnlyList<string> Emit(VectorWidth kernelWidth)
    {
        var width = new FeatureLayout(_weights.Outputs, 1).Width(kernelWidth);
        var parts = new List<string>();
        foreach (var (start, count, size) in Tile.Segments(_weights.PaddedOutputs, _weights.Block))
        {
            foreach (var (first, tiles, rows) in Tile.Segments(size / width.Lanes, Rows))
            {
                var channels = new ChannelTiles(start, count, size, first * width.Lanes, tiles, rows);
                parts.AddRange(_axes.Count == 0 ? [EmitDense(width, channels, parts.Count)] : EmitConvolution(width, channels, parts.Count));
            }
        }

        return parts;
    }

    /// <summary>The channels of one or more equal tiles: blocks of packed weights, and tiles inside each block.</summary>
    private sealed record ChannelTiles(int Start, int Blocks, int Size, int First, int Tiles, int Rows);

    /// <summary>The places of the result along an axis.</summary>
    private int Targets(ContractAxis axis) => _isForward ? axis.Out : axis.In;

    private int Rows => _axes.Count == 0 ? 8 : _isDepthwise ? 1 : 2;

    /// <summary>The places of a tile: as many as the registers hold beside the weights and one number of the source.</summary>
    private static int Columns(VectorWidth width, int rows) => rows == 1 ? width.Accumulators : width.Registers == 32 ? 14 : 6;

    private IEnumerable<string> EmitConvolution(VectorWidth width, ChannelTiles channels, int method)
    {
        var inner = _isForward ? InnerAxis.Forward(_axes[_axes.Count - 1]) : InnerAxis.Backward(_axes[_axes.Count - 1]);
        var pending = new List<PlaceRun>();
        var cost = 0;
        foreach (var run in inner.Runs(Columns(width, channels.Rows)))
        {
            var runCost = channels.Rows * run.Count * inner.Taps;
            if (pending.Count > 0 && cost + runCost > MethodBudget)
            {
                yield return EmitPart(width, channels, inner, pending, method++);
                pending.Clear();
                cost = 0;
            }

            pending.Add(run);
            cost += runCost;
        }

        yield return EmitPart(width, channels, inner, pending, method);
    }

    private string EmitPart(VectorWidth width, ChannelTiles channels, InnerAxis inner, IReadOnlyList<PlaceRun> runs, int method)
    {
        var writer = new SourceWriter();
        var loops = OpenChannels(writer, width, channels, _isShared && _axes.Count == 1, method);
        for (var axis = 0; axis < _axes.Count - 1; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(_isShared && axis == 0, $"p{axis}", Targets(_axes[axis]))));
        }

        foreach (var run in runs)
        {
            var header = run.Repeat > 1 ? $"for (int q = {run.Start}, from = 0; q < {run.Start + (run.Repeat * run.Count)}; q += {run.Count}, from += {inner.SourceStep(run)})" : "";
            using (writer.Block(header))
            {
                Clear(writer, width, channels.Rows, run.Count);
                EmitSum(writer, width, channels, inner, run);
                var outputs = new Shape(_axes.Select(Targets)).Strides();
                var places = Enumerable.Range(0, _axes.Count - 1).Select(axis => ("p" + Literal.Of(axis), outputs[axis]))
                    .Concat([(run.Repeat > 1 ? "q" : Literal.Of(run.Start), 1)]);
                EmitEpilogue(writer, width, channels, places, run.Count);
            }
        }

        Close(loops);
        return writer.ToString();
    }

    private static void Clear(SourceWriter writer, VectorWidth width, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                writer.Line($"var s{row}_{column} = {width.Type}<float>.Zero;");
            }
        }
    }

    /// <summary>The loops over outer taps and input channels, and the unrolled taps of the innermost axis inside them.</summary>
    private void EmitSum(SourceWriter writer, VectorWidth width, ChannelTiles channels, InnerAxis inner, PlaceRun run)
    {
        var reads = Enumerable.Range(0, inner.Taps)
            .Select(tap => Enumerable.Range(0, run.Count).Select(column => (Column: column, Place: inner.Source(run.Start + column, tap))).Where(read => read.Place is not null).ToList())
            .ToList();
        var first = reads.SelectMany(tap => tap).Select(read => read.Place!.Value).DefaultIfEmpty(0).Min();
        var placeStride = _placeStrides[_axes.Count - 1];
        var source = new OffsetText().Add(Literal.Of(first), placeStride);
        if (run.Repeat > 1)
        {
            source.Add("from", placeStride);
        }

        if (_isDepthwise)
        {
            source.Add(Block(channels), 1).Add(InBlock(channels), 1);
        }

        var weight = WeightOffset(channels);
        var loops = new Stack<SourceWriter.Scope>();
        var tapStride = _weights.Terms * channels.Size;
        for (var axis = 0; axis < _axes.Count - 1; axis++)
        {
            var a = _axes[axis];
            tapStride /= a.Kernel;
            var isInside = _isForward && a.InputPlace(0, 0) is not null && a.InputPlace(a.Out - 1, a.Kernel - 1) is not null;
            if (isInside && a.Kernel == 1)
            {
                source.Add($"p{axis}", a.Stride * _placeStrides[axis]).Add(Literal.Of(-a.Padding), _placeStrides[axis]);
                continue;
            }

            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
            if (_isForward)
            {
                writer.Line($"var f{axis} = (p{axis} * {a.Stride}) + (k{axis} * {a.Dilation}) - {a.Padding};");
                if (!isInside)
                {
                    SourcePlace.SkipWhere(writer, $"(uint)f{axis} >= {a.In}");
                }
            }
            else
            {
                SourcePlace.DeclareTransposed(writer, a, $"f{axis}", $"p{axis}", $"k{axis}");
            }

            source.Add($"f{axis}", _placeStrides[axis]);
            weight.Add($"k{axis}", tapStride);
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[0]]}, {source});");
        writer.Line($"ref var w = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[1]]}, {weight});");
        var each = _weights.Inputs > 1 ? writer.Block($"for (var i = 0; i < {_weights.Inputs}; i++)") : null;
        for (var tap = 0; tap < inner.Taps; tap++)
        {
            if (reads[tap].Count > 0)
            {
                EmitTap(writer, width, channels, [.. reads[tap].Select(read => (read.Column, (read.Place!.Value - first) * placeStride))], tap, tap * channels.Size);
            }
        }

        if (each is not null)
        {
            writer.Line($"x = ref Unsafe.Add<float>(ref x, {_channelStride});");
            writer.Line($"w = ref Unsafe.Add<float>(ref w, {_weights.InnerTaps * channels.Size});");
            each.Dispose();
        }

        Close(loops);
    }

    /// <summary>One number of the source for each column, or one vector of channels that are filtered each by itself, times the weights of each row.</summary>
    private void EmitTap(SourceWriter writer, VectorWidth width, ChannelTiles channels, IReadOnlyList<(int Column, int Offset)> reads, int tap, int weight)
    {
        for (var row = 0; row < channels.Rows; row++)
        {
            writer.Line($"var w{tap}_{row} = {width.Type}.LoadUnsafe<float>(ref w{Literal.Comma(weight + (row * width.Lanes))});");
        }

        foreach (var (column, offset) in reads)
        {
            var x = _isDepthwise ? $"{width.Type}.LoadUnsafe<float>(ref x{Literal.Comma(offset)})" : $"{width.Type}.Create<float>({At("x", offset)})";
            if (channels.Rows > 1)
            {
                writer.Line($"var x{tap}_{column} = {x};");
                x = $"x{tap}_{column}";
            }

            for (var row = 0; row < channels.Rows; row++)
            {
                writer.Line($"s{row}_{column} = {width.MultiplyAdd(x, $"w{tap}_{row}", $"s{row}_{column}")};");
            }
        }
    }

    /// <summary>A matrix times a vector: the sum unrolled, and divided where there are too few outputs to hide the latency of a multiply-add.</summary>
    private string EmitDense(VectorWidth width, ChannelTiles channels, int method)
    {
        var writer = new SourceWriter();
        var loops = OpenChannels(writer, width, channels, _isShared, method);
        using (writer.Block(""))
        {
            var partials = channels.Rows <= 2 ? 4 : channels.Rows <= 4 ? 2 : 1;
            Clear(writer, width, channels.Rows, partials);
            writer.Line($"ref var x = ref {_operands[_contract.Inputs[0]]};");
            writer.Line($"ref var w = ref Unsafe.Add<float>(ref {_operands[_contract.Inputs[1]]}, {WeightOffset(channels)});");

            // Padding between the places of a flattened image is stepped over.
            var isDense = _weights.OuterTaps == 1 || _placeStrides[0] == _weights.Inputs;
            var terms = isDense ? _weights.Terms : _weights.Inputs;
            var places = isDense ? null : writer.Block($"for (var p = 0; p < {_weights.OuterTaps}; p++)");
            EmitTerms(writer, width, channels, terms, partials);
            if (places is not null)
            {
                writer.Line($"x = ref Unsafe.Add<float>(ref x, {_placeStrides[0] - _weights.Inputs});");
                places.Dispose();
            }

            for (var row = 0; row < channels.Rows; row++)
            {
                for (var step = partials / 2; step > 0; step /= 2)
                {
                    for (var i = 0; i < step; i++)
                    {
                        writer.Line($"s{row}_{i} += s{row}_{i + step};");
                    }
                }
            }

            EmitEpilogue(writer, width, channels, [], 1);
        }

        Close(loops);
        return writer.ToString();
    }

    private static void EmitTerms(SourceWriter writer, VectorWidth width, ChannelTiles channels, int terms, int partials)
    {
        // Up to this many multiply-adds stand in a row without a loop; a loop has half as many loads of weights, because
        // with more of them processors no longer see one run of memory and stop fetching ahead: half the speed.
        const int Straight = 32;
        var unroll = terms * channels.Rows <= Straight ? terms : Math.Max(partials, Math.Min(terms, Straight / 2 / channels.Rows / partials * partials));
        if (terms / unroll > 1)
        {
            using (writer.Block($"for (var k = 0; k < {terms / unroll}; k++)"))
            {
                Step(unroll, "");
                Advance(unroll);
            }
        }
        else
        {
            Step(unroll, "");
            Advance(unroll);
        }

        if (terms % unroll > 0)
        {
            Step(terms % unroll, "t");
            Advance(terms % unroll);
        }

        void Step(int count, string suffix)
        {
            for (var k = 0; k < count; k++)
            {
                var x = $"{width.Type}.Create<float>({At("x", k)})";
                if (channels.Rows > 1)
                {
                    writer.Line($"var x{suffix}{k} = {x};");
                    x = $"x{suffix}{k}";
                }

                for (var row = 0; row < channels.Rows; row++)
                {
                    var w = $"{width.Type}.LoadUnsafe<float>(ref w{Literal.Comma((k * channels.Size) + (row * width.Lanes))})";
                    writer.Line($"s{row}_{k % partials} = {width.MultiplyAdd(x, w, $"s{row}_{k % partials}")};");
                }
            }
        }

        void Advance(int count)
        {
            writer.Line($"x = ref Unsafe.Add<float>(ref x, {count});");
            writer.Line($"w = ref Unsafe.Add<float>(ref w, {count * channels.Size});");
        }
    }

    /// <summary>The loops over blocks of packed weights and over the tiles of a block, where there are several.</summary>
    private static Stack<SourceWriter.Scope> OpenChannels(SourceWriter writer, VectorWidth width, ChannelTiles channels, bool isShared, int method)
    {
        var loops = new Stack<SourceWriter.Scope>();
        if (isShared && channels is { Blocks: 1, Tiles: 1 })
        {
            SharedLoop.LeaveToOne(writer, method);
        }

        if (channels.Blocks > 1)
        {
            loops.Push(writer.Block(SharedLoop.For(isShared, "c", channels.Start, channels.Blocks, channels.Size)));
        }

        if (channels.Tiles > 1)
        {
            var step = channels.Rows * width.Lanes;
            loops.Push(writer.Block(SharedLoop.For(isShared && channels.Blocks == 1, "v", channels.First, channels.Tiles, step)));
        }

        return loops;
    }

    private static string Block(ChannelTiles channels) => channels.Blocks > 1 ? "c" : Literal.Of(channels.Start);

    private static string InBlock(ChannelTiles channels) => channels.Tiles > 1 ? "v" : Literal.Of(channels.First);

    private OffsetText WeightOffset(ChannelTiles channels) => new OffsetText().Add(Block(channels), _weights.Terms).Add(InBlock(channels), 1);

    private void EmitEpilogue(SourceWriter writer, VectorWidth width, ChannelTiles channels, IEnumerable<(string, int)> places, int columns)
    {
        var epilogue = new FeatureEpilogue(writer, width, _region, _stored, _operands);
        epilogue.Begin(places, [Block(channels), InBlock(channels)]);
        for (var row = 0; row < channels.Rows; row++)
        {
            epilogue.BeginRow(row);
            for (var column = 0; column < columns; column++)
            {
                using (writer.Block(""))
                {
                    epilogue.Emit(row, column, _contract.Output, $"s{row}_{column}");
                }
            }
        }
    }

    private static void Close(Stack<SourceWriter.Scope> loops)
    {
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
}
