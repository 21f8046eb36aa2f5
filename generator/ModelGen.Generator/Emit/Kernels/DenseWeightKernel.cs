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

    /// <summary>The weights worth a piece of work of their own: some ten microseconds for a batch of a hundred.</summary>
    private const int WeightsPerItem = 8192;

    private readonly int _inputs;
    private readonly int _outputs;

    private DenseWeightKernel(Contract contract, Operand gradient, Operand rows)
    {
        Contract = contract;
        _inputs = contract.Geometry.InPerGroup;
        _outputs = contract.Geometry.OutPerGroup;
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

    /// <summary>The words of one row of inputs: a multiple of a cache line, so that the last vector may read on.</summary>
    public static int RowStride(Contract contract) => (contract.Geometry.InPerGroup + Lanes - 1) / Lanes * Lanes;

    /// <summary>The outputs one piece of work covers, a multiple of every tile's; every piece but the last covers as many.</summary>
    public static int OutputsPerItem(Contract contract)
    {
        var rows = Math.Max(1, WeightsPerItem / contract.Geometry.InPerGroup);
        return Math.Min(contract.Geometry.OutPerGroup, (rows + 5) / 6 * 6);
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
        var tile = Tile.Choose(Math.Min(_outputs, 6), Math.Min(vectors, width.Registers == 32 ? 4 : 2), width);
        if (6 % tile.Rows != 0 && _outputs > 6)
        {
            tile = tile with { Rows = 3 };
        }

        var rest = _outputs % tile.Rows;
        return
        [
            .. Columns(vectors, tile.Columns).SelectMany(columns => rest == 0 || _outputs < tile.Rows
                ? [EmitPart(width, columns, tile.Rows, isRest: false)]
                : new[] { EmitPart(width, columns, tile.Rows, isRest: false), EmitPart(width, columns, rest, isRest: true) }),
        ];
    }

    /// <summary>The tiles along a row; the last one stands alone, because it may have to be moved back to end with the row.</summary>
    private static IEnumerable<(int Start, int Count, int Size)> Columns(int vectors, int size)
    {
        var last = vectors % size == 0 ? size : vectors % size;
        return [.. Tile.Segments(vectors - last, size), (vectors - last, 1, last)];
    }

    /// <summary>A tile of outputs by vectors of inputs, summed over the batch; the rest is what is left below whole tiles.</summary>
    private string EmitPart(VectorWidth width, (int Start, int Count, int Size) columns, int rows, bool isRest)
    {
        var writer = new SourceWriter();
        var wholeOutputs = _outputs - (_outputs % rows == 0 || isRest ? 0 : _outputs % rows);
        var outputs = isRest
            ? writer.Block($"for (var o = {_outputs - rows}; o < last; o += {rows})")
            : writer.Block($"for (var o = first; o < Math.Min(last, {wholeOutputs}); o += {rows})");
        var columnLoop = columns.Count > 1
            ? writer.Block($"for (var i = {columns.Start * width.Lanes}; i < {(columns.Start + (columns.Count * columns.Size)) * width.Lanes}; i += {columns.Size * width.Lanes})")
            : null;
        var column = columns.Count > 1 ? "i" : Literal.Of(columns.Start * width.Lanes);

        // The last vector of a row may reach beyond it: it is moved back to end with the row and computes some weights twice.
        var offsets = Enumerable.Range(0, columns.Size).Select(vector => vector * width.Lanes).ToArray();
        var reach = ((columns.Start + (columns.Count * columns.Size)) * width.Lanes) - _inputs;
        var isPartial = reach > 0 && _inputs < width.Lanes;
        if (reach > 0 && !isPartial)
        {
            offsets[offsets.Length - 1] -= reach;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var vector = 0; vector < columns.Size; vector++)
            {
                writer.Line($"var s{row}_{vector} = {width.Type}<float>.Zero;");
            }
        }

        using (writer.Block("for (var block = 0; block < blocks; block++)"))
        {
            writer.Line($"ref var d0 = ref Unsafe.Add<float>(ref d, (block * stride) + (o * {Lanes}));");
            writer.Line($"ref var x0 = ref Unsafe.Add<float>(ref rows, {new OffsetText().Add("(block * stride)", 1).Add(column, 1)});");
            var places = Places(Contract) > 1 ? writer.Block($"for (var place = 0; place < {Places(Contract)}; place++)") : null;
            using (writer.Block($"for (var sample = 0; sample < {Lanes}; sample++)"))
            {
                for (var vector = 0; vector < columns.Size; vector++)
                {
                    writer.Line($"var x0_{vector} = {width.Type}.LoadUnsafe<float>(ref x0{(offsets[vector] == 0 ? "" : ", " + OffsetLiteral(offsets[vector]))});");
                }

                for (var row = 0; row < rows; row++)
                {
                    writer.Line($"var d0_{row} = {width.Type}.Create<float>({(row == 0 ? "d0" : $"Unsafe.Add<float>(ref d0, {row * Lanes})")});");
                    for (var vector = 0; vector < columns.Size; vector++)
                    {
                        writer.Line($"s{row}_{vector} = {width.MultiplyAdd($"x0_{vector}", $"d0_{row}", $"s{row}_{vector}")};");
                    }
                }

                writer.Line("d0 = ref Unsafe.Add<float>(ref d0, 1);");
                writer.Line($"x0 = ref Unsafe.Add<float>(ref x0, {RowStride(Contract)});");
            }

            if (places is not null)
            {
                writer.Line($"d0 = ref Unsafe.Add<float>(ref d0, {Literal.Of((_outputs - 1) * Lanes)});");
                places.Dispose();
            }
        }

        writer.Line($"ref var y0 = ref Unsafe.Add<float>(ref y, {new OffsetText().Add("o", _inputs).Add(column, 1)});");
        for (var row = 0; row < rows; row++)
        {
            for (var vector = 0; vector < columns.Size; vector++)
            {
                var offset = (row * _inputs) + offsets[vector];
                writer.Line(isPartial
                    ? $"VectorTail.Store(s{row}_{vector}, ref Unsafe.Add<float>(ref y0, {offset}), {_inputs});"
                    : $"s{row}_{vector}.StoreUnsafe<float>(ref y0{(offset == 0 ? "" : ", " + OffsetLiteral(offset))});");
            }
        }

        columnLoop?.Dispose();
        outputs.Dispose();
        return writer.ToString();
    }

    private static string OffsetLiteral(int offset) => offset < 0 ? $"unchecked((nuint)({Literal.Of(offset)}))" : Literal.Of(offset);
}
