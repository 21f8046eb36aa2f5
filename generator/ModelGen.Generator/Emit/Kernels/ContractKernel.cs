using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits a contraction whose result is per sample, forward or towards the input, with the maps of its region as epilogue.
/// Lanes are samples: weights are broadcast, a tile of channels by places accumulates in registers, and taps that fall
/// outside the source are never computed.
/// </summary>
/// <remarks>
/// Loops, outermost first: group, outer places, tiles of channels, tiles of inner places, outer taps, channels summed over;
/// inside, the taps of the innermost axis are unrolled and the source slides through registers along it.
/// </remarks>
internal sealed class ContractKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>Kernels wider than this are not unrolled over their taps: the method would outgrow the instruction cache.</summary>
    private const int MostUnrolledTaps = 16;

    /// <summary>The multiply-adds after which a further method is begun; the JIT stops optimising methods that are too large.</summary>
    private const int MethodBudget = 1000;

    private readonly Region _region;
    private readonly Contract _contract;
    private readonly RegionOperands _operands;
    private readonly HashSet<Value> _stored;

    private readonly ContractGeometry _geometry;
    private readonly bool _forward;
    private readonly int _targetChannels;
    private readonly int _sourceChannels;
    private readonly int[] _targetStrides;
    private readonly int[] _sourceStrides;
    private readonly int _channelAxis;
    private readonly int _taps;
    private readonly Value _weights;
    private readonly bool _isPacked;
    private readonly bool _isShared;

    private ContractKernel(Region region, IReadOnlyCollection<Value> stored, Value? packed, bool isShared)
    {
        _isShared = isShared;
        _isPacked = packed is not null;
        _region = region;
        _contract = (Contract)region.Anchor;
        _stored = [.. stored];
        _weights = packed ?? _contract.Inputs[1];
        _operands = new RegionOperands(region.Inputs.Select(input => ReferenceEquals(input, _contract.Inputs[1]) ? _weights : input), stored);
        _geometry = _contract.Geometry;
        _forward = _contract.Role == ContractRole.Output;
        _targetChannels = _forward ? _geometry.OutPerGroup : _geometry.InPerGroup;
        _sourceChannels = _forward ? _geometry.InPerGroup : _geometry.OutPerGroup;
        _targetStrides = (_forward ? _geometry.OutputShape : _geometry.InputShape).Strides();
        _sourceStrides = (_forward ? _geometry.InputShape : _geometry.OutputShape).Strides();
        _channelAxis = _geometry.ChannelsLast ? _geometry.Axes.Count : 0;
        _taps = _geometry.Axes.Aggregate(1, (product, axis) => product * axis.Kernel);
    }

    private ContractAxis? Inner => _geometry.Axes.Count > 0 ? _geometry.Axes[_geometry.Axes.Count - 1] : null;

    /// <param name="region">The contraction and the maps behind it.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="packed">The weights in the order of <see cref="CreatePacking"/>, or null where they are read as they are.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, Value? packed, bool isShared, string name)
    {
        var kernel = new ContractKernel(region, stored, packed, isShared);
        var contract = kernel._contract;
        var epilogue = Formulas.Behind(region);
        var what = contract.IsGradient ? "gradient of the input" : "product";
        return new Kernel(name, $"{contract.Layer}: {what}, {contract.Details}{epilogue}.", kernel._operands.All, kernel.Emit) { IsShared = isShared };
    }

    /// <summary>Brings the weights of a product at one place into the order in which its tiles read them: [tile][term][output of the tile].</summary>
    /// <param name="product">The product.</param>
    /// <param name="packed">Where they go.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel CreatePacking(Contract product, Value packed, string name)
    {
        var geometry = product.Geometry;
        var isForward = product.Role == ContractRole.Output;
        var (targets, terms) = isForward ? (geometry.OutPerGroup, geometry.InPerGroup) : (geometry.InPerGroup, geometry.OutPerGroup);
        return new Kernel(
            name,
            $"{product.Layer}: weights in the order of their use{(isForward ? "" : " by the gradient of the input")}.",
            [new Operand("w", product.Inputs[1]), new Operand("packed", packed)],
            width => [$"WeightPacking.{(isForward ? "PackRows" : "PackColumns")}(ref w, ref packed, {targets}, {terms}, {Tile.Choose(targets, 1, width).Rows}, part, parts);"])
        {
            IsShared = true,
        };
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        var inner = Inner is null ? null : _forward ? InnerAxis.Forward(Inner) : InnerAxis.Backward(Inner);
        var most = _forward && !_isPacked ? Tile.MostRowsInCache(_geometry.InPerGroup * _taps) : int.MaxValue;
        var channels = most < width.Accumulators ? Math.Min(_targetChannels, most) : _targetChannels;
        var tile = Tile.Choose(channels, inner?.Targets ?? 1, width);
        if (inner is not null && inner.Period > tile.Columns)
        {
            // A run that repeats covers a whole period of the stride: as many channels as then still fit the registers.
            tile = new Tile(Math.Max(1, Math.Min(tile.Rows, width.Accumulators / inner.Period)), inner.Period);
        }

        // By the taps alone, so that the order of additions is the same for every width.
        var unrolled = inner is not null && inner.Taps <= MostUnrolledTaps && tile.Columns <= width.Accumulators;
        if (inner is not null && !unrolled)
        {
            // A very wide kernel: one place at a time, its taps in a loop, all accumulators spent on channels.
            tile = new Tile(Tile.Choose(channels, 1, width).Rows, 1);
        }

        var runs = unrolled ? inner!.Runs(tile.Columns) : [new PlaceRun(0, 1, 1)];
        var parts = new List<string>();
        foreach (var (start, count, rows) in Tile.Segments(_targetChannels, tile.Rows))
        {
            var pending = new List<PlaceRun>();
            var cost = 0;
            foreach (var run in runs)
            {
                var runCost = rows * run.Count * ((unrolled ? inner!.Taps : 1) + _region.Maps.Count() + _stored.Count);
                if (pending.Count > 0 && cost + runCost > MethodBudget)
                {
                    parts.Add(EmitPart(width, unrolled ? inner : null, start, count, rows, pending, parts.Count));
                    pending.Clear();
                    cost = 0;
                }

                pending.Add(run);
                cost += runCost;
            }

            parts.Add(EmitPart(width, unrolled ? inner : null, start, count, rows, pending, parts.Count));
        }

        return parts;
    }

    private string EmitPart(VectorWidth width, InnerAxis? inner, int channelStart, int channelTiles, int rows, IReadOnlyList<PlaceRun> runs, int method)
    {
        var writer = new SourceWriter();
        var loops = new Stack<SourceWriter.Scope>();

        // Every axis but the innermost, and that one too where its taps are not unrolled, is an ordinary loop over places.
        var outer = _geometry.Axes.Take(_geometry.Axes.Count - (inner is null ? 0 : 1)).ToList();
        if (_isShared && outer.Count == 0 && channelTiles == 1)
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

        for (var axis = 0; axis < outer.Count; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(_isShared && axis == 0, $"p{axis}", _forward ? outer[axis].Out : outer[axis].In)));
        }

        if (channelTiles > 1)
        {
            loops.Push(writer.Block(SharedLoop.For(_isShared && outer.Count == 0, "c", channelStart, channelTiles, rows)));
        }

        var channel = channelTiles > 1 ? "c" : Literal.Of(channelStart);
        foreach (var run in runs)
        {
            EmitRun(writer, width, inner, outer, channel, rows, run);
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }

    private void EmitRun(SourceWriter writer, VectorWidth width, InnerAxis? inner, IReadOnlyList<ContractAxis> outer, string channel, int rows, PlaceRun run)
    {
        var header = run.Repeat > 1 ? $"for (int q = {run.Start}, from = 0; q < {run.Start + (run.Repeat * run.Count)}; q += {run.Count}, from += {inner!.SourceStep(run)})" : "";
        using (writer.Block(header))
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < run.Count; column++)
                {
                    writer.Line($"var s{row}_{column} = {width.Type}<float>.Zero;");
                }
            }

            EmitSum(writer, width, inner, outer, channel, rows, run);
            EmitEpilogue(writer, width, inner, outer, channel, rows, run);
        }
    }

    /// <summary>The loops over outer taps and summed channels, and the unrolled taps of the innermost axis inside them.</summary>
    private void EmitSum(SourceWriter writer, VectorWidth width, InnerAxis? inner, IReadOnlyList<ContractAxis> outer, string channel, int rows, PlaceRun run)
    {
        var x = _operands[_contract.Inputs[0]];
        var w = _operands[_weights];
        var group = _geometry.Groups > 1 ? "g" : "0";
        var source = new OffsetText().Add(group, _sourceChannels * _sourceStrides[_channelAxis] * Lanes);
        var weightRow = _forward ? _geometry.InPerGroup * _taps : _taps;
        var weight = new OffsetText().Add(group, _geometry.OutPerGroup * _geometry.InPerGroup * _taps).Add(channel, _isPacked ? _sourceChannels : weightRow);
        var weightStep = _isPacked ? rows : _forward ? _taps : _geometry.InPerGroup * _taps;

        var loops = new Stack<SourceWriter.Scope>();
        var tapStride = _taps;
        for (var axis = 0; axis < outer.Count; axis++)
        {
            var a = outer[axis];
            tapStride /= a.Kernel;
            var place = $"f{axis}";
            if (a.Kernel == 1 && a.Padding == 0 && a.Stride == 1)
            {
                place = $"p{axis}";
            }
            else
            {
                loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
                EmitSourcePlace(writer, a, axis);
                weight.Add($"k{axis}", tapStride);
            }

            source.Add(place, _sourceStrides[AxisPosition(axis)] * Lanes);
        }

        var pattern = inner is null ? null : SourcePattern(inner, run);
        if (pattern is not null)
        {
            source.Add(Literal.Of(pattern.Base), _sourceStrides[AxisPosition(_geometry.Axes.Count - 1)] * Lanes);
            if (run.Repeat > 1)
            {
                source.Add("from", _sourceStrides[AxisPosition(_geometry.Axes.Count - 1)] * Lanes);
            }
        }

        if (width.Lanes < Lanes)
        {
            source.Add("lane", 1);
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref {x}, {source});");
        writer.Line($"ref var w = ref Unsafe.Add<float>(ref {w}, {weight});");
        var channels = _sourceChannels > 1 ? writer.Block($"for (var i = 0; i < {_sourceChannels}; i++)") : null;
        if (pattern is null)
        {
            EmitSinglePlace(writer, width, rows, _isPacked ? 1 : weightRow);
        }
        else
        {
            EmitTaps(writer, width, pattern, rows, weightRow);
        }

        if (_sourceChannels > 1)
        {
            writer.Line($"x = ref Unsafe.Add<float>(ref x, {_sourceStrides[_channelAxis] * Lanes});");
            writer.Line($"w = ref Unsafe.Add<float>(ref w, {weightStep});");
        }

        channels?.Dispose();
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    /// <summary>The position among the axes of the values of a spatial axis of the geometry.</summary>
    private int AxisPosition(int axis) => _geometry.ChannelsLast ? axis : axis + 1;

    /// <summary>Computes the source place of an outer axis for its tap, and skips the tap where there is none.</summary>
    private void EmitSourcePlace(SourceWriter writer, ContractAxis a, int axis)
    {
        if (_forward)
        {
            SourcePlace.Declare(writer, a, $"f{axis}", $"p{axis}", $"k{axis}");
            SourcePlace.SkipOutside(writer, a, $"f{axis}");
            return;
        }

        SourcePlace.DeclareTransposed(writer, a, $"f{axis}", $"p{axis}", $"k{axis}");
    }

    private static void EmitSinglePlace(SourceWriter writer, VectorWidth width, int rows, int weightRow)
    {
        writer.Line($"var x0 = {width.Type}.LoadUnsafe<float>(ref x);");
        for (var row = 0; row < rows; row++)
        {
            writer.Line($"s{row}_0 = {width.MultiplyAdd("x0", $"{width.Type}.Create<float>({At("w", row * weightRow)})", $"s{row}_0")};");
        }
    }

    /// <summary>The source places a run reads: for each tap, (column, source place relative to the first).</summary>
    private sealed record Pattern(int Base, IReadOnlyList<IReadOnlyList<(int Column, int Place)>> Taps);

    private static Pattern SourcePattern(InnerAxis inner, PlaceRun run)
    {
        var taps = Enumerable.Range(0, inner.Taps)
            .Select(tap => Enumerable.Range(0, run.Count)
                .Select(column => (Column: column, Place: inner.Source(run.Start + column, tap)))
                .Where(read => read.Place is not null)
                .Select(read => (read.Column, Place: read.Place!.Value))
                .ToList())
            .ToList();
        var first = taps.SelectMany(tap => tap).Select(read => read.Place).DefaultIfEmpty(0).Min();
        return new Pattern(first, [.. taps.Select(tap => (IReadOnlyList<(int, int)>)[.. tap.Select(read => (read.Column, read.Place - first))])]);
    }

    private void EmitTaps(SourceWriter writer, VectorWidth width, Pattern pattern, int rows, int weightRow)
    {
        var placeStride = _sourceStrides[AxisPosition(_geometry.Axes.Count - 1)] * Lanes;

        // A place that the next tap reads too stays in its register; one that is read again only later is loaded again.
        var held = new Dictionary<int, string>();
        for (var tap = 0; tap < pattern.Taps.Count; tap++)
        {
            var reads = pattern.Taps[tap];
            if (reads.Count == 0)
            {
                continue;
            }

            var registers = new Dictionary<int, string>();
            foreach (var place in reads.Select(read => read.Place).Distinct())
            {
                if (!held.TryGetValue(place, out var register))
                {
                    register = $"x{tap}_{place}";
                    writer.Line($"var {register} = {width.Type}.LoadUnsafe<float>(ref x{Literal.Comma(place * placeStride)});");
                }

                registers[place] = register;
            }

            for (var row = 0; row < rows; row++)
            {
                var weight = $"{width.Type}.Create<float>({At("w", (row * weightRow) + tap)})";
                if (reads.Count > 1)
                {
                    writer.Line($"var w{tap}_{row} = {weight};");
                    weight = $"w{tap}_{row}";
                }

                foreach (var (column, place) in reads)
                {
                    writer.Line($"s{row}_{column} = {width.MultiplyAdd(registers[place], weight, $"s{row}_{column}")};");
                }
            }

            held = registers;
        }
    }

    /// <summary>The maps of the region at each place of the tile, and the stores.</summary>
    private void EmitEpilogue(SourceWriter writer, VectorWidth width, InnerAxis? inner, IReadOnlyList<ContractAxis> outer, string channel, int rows, PlaceRun run)
    {
        var reads = _region.Maps
            .SelectMany(map => map.Inputs.Zip(map.Views, (value, view) => (Value: value, Strides: ViewStrides.Of(view))))
            .Where(read => !_region.Makes(read.Value))
            .GroupBy(read => Key(read.Value, read.Strides))
            .Select(group => group.First())
            .ToList();
        var bases = new Dictionary<string, string>();
        foreach (var (value, strides) in reads)
        {
            Base(value, strides, value.Scope == Scope.Model ? 1 : Lanes);
        }

        foreach (var value in _stored)
        {
            Base(value, _targetStrides, Lanes);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < run.Count; column++)
            {
                EmitPlace(row, column);
            }
        }

        void EmitPlace(int row, int column)
        {
            var names = new NameScope();
            var results = new Dictionary<Value, string> { [_contract.Output] = $"s{row}_{column}" };
            var expressions = new VectorExpressions(writer, width, names);
            Store(_contract.Output);
            if (!_region.Maps.Any())
            {
                return;
            }

            using (writer.Block(""))
            {
                foreach (var map in _region.Maps)
                {
                    var text = expressions.Write(
                        map.Body,
                        input => Read(map.Inputs[input], map.Views[input]),
                        axis => throw new InvalidOperationException($"{map.Layer}: a place is not known in an epilogue."),
                        uniform => throw new InvalidOperationException($"{map.Layer}: no random numbers in an epilogue."));
                    var local = names.Unique("r");
                    writer.Line($"var {local} = {text};");
                    results[map.Output] = local;
                    Store(map.Output);
                }
            }

            string Read(Value value, Shape view)
            {
                if (results.TryGetValue(value, out var local))
                {
                    return local;
                }

                var strides = ViewStrides.Of(view);
                var text = bases[Key(value, strides)];
                return value.Scope == Scope.Model
                    ? $"{width.Type}.Create<float>({At(text, Delta(strides, 1))})"
                    : width.Load(value.Element, $"ref {text}{Literal.Comma(Delta(strides, Lanes))}");
            }

            void Store(Value value)
            {
                if (_stored.Contains(value))
                {
                    writer.Line($"{results[value]}.StoreUnsafe<float>(ref {bases[Key(value, _targetStrides)]}{Literal.Comma(Delta(_targetStrides, Lanes))});");
                }
            }

            int Delta(int[] strides, int size) =>
                ((row * strides[_channelAxis]) + (inner is null ? 0 : column * strides[AxisPosition(_geometry.Axes.Count - 1)])) * size;
        }

        void Base(Value value, int[] strides, int size)
        {
            var key = Key(value, strides);
            if (bases.ContainsKey(key))
            {
                return;
            }

            var offset = new OffsetText().Add(channel, strides[_channelAxis] * size);
            if (_geometry.Groups > 1)
            {
                offset.Add("g", _targetChannels * strides[_channelAxis] * size);
            }

            for (var axis = 0; axis < outer.Count; axis++)
            {
                offset.Add($"p{axis}", strides[AxisPosition(axis)] * size);
            }

            if (inner is not null)
            {
                offset.Add(run.Repeat > 1 ? "q" : Literal.Of(run.Start), strides[AxisPosition(_geometry.Axes.Count - 1)] * size);
            }

            if (size == Lanes && width.Lanes < Lanes)
            {
                offset.Add("lane", 1);
            }

            bases[key] = "at" + Literal.Of(bases.Count);
            writer.Line($"ref var {bases[key]} = ref Unsafe.Add<float>(ref {_operands[value]}, {offset});");
        }

        string Key(Value value, int[] strides) => _operands[value] + ":" + string.Join(",", strides);
    }

    private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
}
