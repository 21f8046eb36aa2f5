using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the weight gradient of a dense layer over the whole batch: with the inputs as rows of features, features are the
/// lanes, output gradients are broadcast, and each weight is summed over the samples in one order.
/// </summary>
internal sealed class DenseWeightKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>The outputs of a tile, or a multiple: where a piece of the work may end.</summary>
    public const int TileOutputs = 6;

    /// <summary>The weights worth a piece of work of their own: some ten microseconds for a batch of a hundred.</summary>
    private const int WeightsPerPiece = 8192;

    /// <summary>The samples summed at once, each at one place: their inputs, as far as a tile reaches, stay in the first-level cache while all outputs of a piece pass.</summary>
    private const int SamplesAtOnce = 128;

    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _places;

    private DenseWeightKernel(Contract contract, Operand gradient, Operand rows)
    {
        Contract = contract;
        _inputs = contract.Geometry.InPerGroup;
        _outputs = contract.Geometry.OutPerGroup;
        _places = Places(contract);
        Gradient = gradient;
        Rows = rows;
    }

    public Contract Contract { get; }

    public Operand Gradient { get; }

    public Operand Rows { get; }

    /// <summary>Whether a weight gradient is one of products without a kernel: at one place, or at every place alike with features last.</summary>
    public static bool Serves(Contract contract) =>
        contract.Geometry is { Groups: 1 } geometry
        && (geometry.Axes.Count == 0 || geometry.ChannelsLast)
        && geometry.Axes.All(axis => axis is { Kernel: 1, Stride: 1, Padding: 0 });

    /// <summary>The places that the products are summed over, beside the samples.</summary>
    public static int Places(Contract contract) => contract.Geometry.Axes.Aggregate(1, (product, axis) => product * axis.In);

    /// <summary>
    /// The words of one row of inputs: whole cache lines, so that the last vector may read on. Where a tile reads a part of the row, a number
    /// of lines that is no multiple of four: the parts of many rows would else share a few sets of the first-level cache.
    /// </summary>
    public static int RowStride(int features)
    {
        var lines = (features + Lanes - 1) / Lanes;
        return (lines > 4 && lines % 4 == 0 ? lines + 1 : lines) * Lanes;
    }

    /// <summary>The pieces of work that the outputs are worth.</summary>
    public static int MostPieces(Contract contract)
    {
        var (outputs, inputs) = (contract.Geometry.OutPerGroup, contract.Geometry.InPerGroup);
        return Math.Max(1, Math.Min((outputs + TileOutputs - 1) / TileOutputs, (int)((long)outputs * inputs / WeightsPerPiece)));
    }

    /// <param name="contract">A weight gradient that <see cref="Serves"/> accepts.</param>
    /// <param name="rows">The value whose rows are read; stands for the transposed copy of the layer's input.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Contract contract, Value rows, string name)
    {
        var kernel = new DenseWeightKernel(contract, new Operand("d", contract.Inputs[1]), new Operand("rows", rows));
        return new Kernel(
            name,
            $"{contract.Layer}: gradient of the weights, {contract.Details}, over all blocks of the batch; outputs first to last.",
            [kernel.Gradient, kernel.Rows, new Operand("y", contract.Output)],
            kernel.Emit)
        {
            Extras = [("int", "blocks"), ("int", "stride"), ("int", "first"), ("int", "last")],
        };
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        var vectors = (_inputs + width.Lanes - 1) / width.Lanes;
        var tile = Tile.Choose(Math.Min(_outputs, TileOutputs), Math.Min(vectors, width.Registers == 32 ? 4 : 2), width);
        if (TileOutputs % tile.Rows != 0 && _outputs > TileOutputs)
        {
            tile = tile with { Rows = 3 };
        }

        var rest = _outputs % tile.Rows;
        return
        [
            .. Columns(vectors, tile.Columns, _inputs % (tile.Columns * width.Lanes) == 0).SelectMany(columns => rest == 0 || _outputs < tile.Rows
                ? [EmitPart(width, columns, tile.Rows, isRest: false)]
                : new[] { EmitPart(width, columns, tile.Rows, isRest: false), EmitPart(width, columns, rest, isRest: true) }),
        ];
    }

    /// <summary>The tiles along a row; where they are not all alike, the last one stands alone, because it may have to be moved back to end with the row.</summary>
    private static IEnumerable<(int Start, int Count, int Size)> Columns(int vectors, int size, bool areAlike)
    {
        if (areAlike)
        {
            return Tile.Segments(vectors, size);
        }

        var last = vectors % size == 0 ? size : vectors % size;
        return [.. Tile.Segments(vectors - last, size), (vectors - last, 1, last)];
    }

    /// <summary>A tile of outputs by vectors of inputs, summed over the batch; the rest is what is left below whole tiles.</summary>
    private string EmitPart(VectorWidth width, (int Start, int Count, int Size) columns, int rows, bool isRest)
    {
        var writer = new SourceWriter();

        // The last vector of a row may reach beyond it: it is moved back to end with the row and computes some weights twice.
        // Where those are another tile's, and where the row is shorter than a vector, no sum may be read again: all samples are taken at once.
        var offsets = Enumerable.Range(0, columns.Size).Select(vector => vector * width.Lanes).ToArray();
        var reach = ((columns.Start + (columns.Count * columns.Size)) * width.Lanes) - _inputs;
        var isPartial = _inputs < width.Lanes;
        if (reach > 0 && !isPartial)
        {
            offsets[offsets.Length - 1] -= reach;
        }

        var range = reach > 0 && columns.Size == 1 ? SampleRange.All(_places) : SampleRange.AtOnce(_places);
        var loops = new Stack<IDisposable>(range.Loops.Select(writer.Block).Cast<IDisposable>());
        if (columns.Count > 1)
        {
            loops.Push(writer.Block($"for (var i = {columns.Start * width.Lanes}; i < {(columns.Start + (columns.Count * columns.Size)) * width.Lanes}; i += {columns.Size * width.Lanes})"));
        }

        var column = columns.Count > 1 ? "i" : Literal.Of(columns.Start * width.Lanes);
        var wholeOutputs = _outputs - (_outputs % rows == 0 || isRest ? 0 : _outputs % rows);
        loops.Push(writer.Block(isRest
            ? $"for (var o = {_outputs - rows}; o < last; o += {rows})"
            : $"for (var o = first; o < Math.Min(last, {wholeOutputs}); o += {rows})"));

        var sums = Tile.Places(rows, columns.Size).Select(place => (Name: $"s{place.Row}_{place.Column}", Offset: (place.Row * _inputs) + offsets[place.Column])).ToList();
        writer.Line($"ref var y0 = ref Unsafe.Add<float>(ref y, {new OffsetText().Add("o", _inputs).Add(column, 1)});");
        foreach (var (name, _) in sums)
        {
            writer.Line($"var {name} = {width.Type}<float>.Zero;");
        }

        if (range.Begun.Length > 0)
        {
            using (writer.Block($"if ({range.Begun} > 0)"))
            {
                foreach (var (name, offset) in sums)
                {
                    writer.Line($"{name} = {width.Type}.LoadUnsafe<float>(ref y0{Literal.Comma(offset)});");
                }
            }

            writer.Line();
        }

        EmitSums(writer, width, range, column, rows, offsets);
        foreach (var (name, offset) in sums)
        {
            writer.Line(isPartial
                ? $"VectorTail.Store({name}, ref Unsafe.Add<float>(ref y0, {offset}), {_inputs});"
                : $"{name}.StoreUnsafe<float>(ref y0{Literal.Comma(offset)});");
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }

    /// <summary>Adds the products of some samples, at some places, to the sums of a tile.</summary>
    private void EmitSums(SourceWriter writer, VectorWidth width, SampleRange range, string column, int rows, IReadOnlyList<int> offsets)
    {
        var blocks = range.FirstBlock == "block" ? null : writer.Block($"for (var block = {range.FirstBlock}; block < {range.EndBlock}; block++)");
        writer.Line($"ref var d0 = ref Unsafe.Add<float>(ref d, {new OffsetText().Add("(block * stride)", 1).Add(range.FirstPlace, _outputs * Lanes).Add("o", Lanes)});");
        writer.Line($"ref var x0 = ref Unsafe.Add<float>(ref rows, {new OffsetText().Add("(block * stride)", 1).Add(range.FirstPlace, RowStride(_inputs) * Lanes).Add(column, 1)});");
        var places = _places > 1 ? writer.Block($"for (var place = {range.FirstPlace}; place < {range.EndPlace}; place++)") : null;
        using (writer.Block($"for (var sample = 0; sample < {Lanes}; sample++)"))
        {
            for (var vector = 0; vector < offsets.Count; vector++)
            {
                writer.Line($"var x0_{vector} = {width.Type}.LoadUnsafe<float>(ref x0{Literal.Comma(offsets[vector])});");
            }

            for (var row = 0; row < rows; row++)
            {
                writer.Line($"var d0_{row} = {width.Type}.Create<float>({(row == 0 ? "d0" : $"Unsafe.Add<float>(ref d0, {row * Lanes})")});");
                for (var vector = 0; vector < offsets.Count; vector++)
                {
                    writer.Line($"s{row}_{vector} = {width.MultiplyAdd($"x0_{vector}", $"d0_{row}", $"s{row}_{vector}")};");
                }
            }

            writer.Line("d0 = ref Unsafe.Add<float>(ref d0, 1);");
            writer.Line($"x0 = ref Unsafe.Add<float>(ref x0, {RowStride(_inputs)});");
        }

        if (places is not null)
        {
            writer.Line($"d0 = ref Unsafe.Add<float>(ref d0, {Literal.Of((_outputs - 1) * Lanes)});");
            places.Dispose();
        }

        blocks?.Dispose();
    }

    /// <summary>The samples that a tile takes at once: the loops around it, what is above zero in them but at first, and the blocks and places taken.</summary>
    private sealed record SampleRange(IReadOnlyList<string> Loops, string Begun, string FirstBlock, string EndBlock, string FirstPlace, string EndPlace)
    {
        /// <summary>The whole batch.</summary>
        public static SampleRange All(int places) => new([], "", "0", "blocks", "0", Literal.Of(places));

        /// <summary>As many samples as <see cref="SamplesAtOnce"/>: some whole blocks, or some places of one.</summary>
        public static SampleRange AtOnce(int places)
        {
            if (SamplesAtOnce / Lanes / places is var blocks and > 0)
            {
                return new([$"for (var from = 0; from < blocks; from += {blocks})"], "from", "from", $"Math.Min(from + {blocks}, blocks)", "0", Literal.Of(places));
            }

            // As even as can be: nine places are five and four.
            var pieces = (places + (SamplesAtOnce / Lanes) - 1) / (SamplesAtOnce / Lanes);
            var size = (places + pieces - 1) / pieces;
            return new(
                ["for (var block = 0; block < blocks; block++)", $"for (var from = 0; from < {places}; from += {size})"],
                "block + from",
                "block",
                "block + 1",
                "from",
                places % size == 0 ? $"from + {size}" : $"Math.Min(from + {size}, {places})");
        }
    }
}
