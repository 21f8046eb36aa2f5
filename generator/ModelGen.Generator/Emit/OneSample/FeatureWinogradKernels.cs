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
/// Emits Winograd's minimal filtering of a single sample with channels in the lanes, for a band of rows of tiles: the patches at
/// 36 points, at each point a product with the weights, and from the products the places of the tiles with the maps of the
/// region as epilogue.
/// </summary>
internal sealed class FeatureWinogradKernels
{
    private const int Patch = WinogradGeometry.Patch;
    private const int Tile = WinogradGeometry.Tile;

    private readonly Region _region;
    private readonly Contract _contract;
    private readonly IReadOnlyCollection<Value> _stored;
    private readonly FeatureWinogradGeometry _geometry;
    private readonly WinogradGeometry _shape;
    private readonly Operand _work;
    private readonly string _name;

    /// <param name="region">The convolution and the maps behind it.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="geometry">The tiles and bands.</param>
    /// <param name="work">What stands for the memory of a band.</param>
    /// <param name="name">The name wished for.</param>
    public FeatureWinogradKernels(Region region, IReadOnlyCollection<Value> stored, FeatureWinogradGeometry geometry, Value work, string name)
    {
        _region = region;
        _contract = (Contract)region.Anchor;
        _stored = stored;
        _geometry = geometry;
        _shape = geometry.Shape;
        _work = new Operand("work", work);
        _name = name;
    }

    /// <summary>The kernels for a band of the given rows of tiles, in the order they run in.</summary>
    public IReadOnlyList<Kernel> Create(int rows)
    {
        var operands = new RegionOperands(_region.Maps.SelectMany(map => map.Inputs).Where(input => !_region.Makes(input)), _stored);
        var epilogue = Formulas.Behind(_region);
        var what = $"{_contract.Layer} of one sample: product, {_contract.Details}, {rows} rows of {_shape.TileColumns} tiles from Winograd's minimal filtering";
        return
        [
            new Kernel(_name + "Patches", $"{what}: the patches at {WinogradGeometry.Points} points.", [new Operand("x", _contract.Inputs[0]), _work], width => [EmitPatches(rows, width)])
            {
                Extras = [("int", "row")],
            },
            new Kernel(_name + "Products", $"{what}: the products at each point.", [new Operand("weights", _contract.Inputs[1]), _work], width => [EmitProducts(rows, width)]),
            new Kernel(_name + "Tiles", $"{what}: the places{epilogue}.", [_work, .. operands.All], width => EmitTiles(rows, width, operands))
            {
                Extras = [("int", "row")],
            },
        ];
    }

    private string EmitPatches(int rows, VectorWidth width)
    {
        var writer = new SourceWriter();
        var (stride, own) = (FeatureStorage.Stride(_contract.Inputs[0]), _geometry.SourceStride);
        writer.Line($"ref var columns = ref Unsafe.Add<float>(ref work, {_geometry.ColumnsOffset});");
        writer.Line($"ref var zeros = ref Unsafe.Add<float>(ref columns, {_geometry.ColumnsWords});");
        writer.Line("// What lies outside the source is zero.");
        writer.Line($"MemoryMarshal.CreateSpan<float>(ref zeros, {_shape.SourceWidth * stride}).Clear();");
        var count = Math.Min(_shape.SourceWidth, _shape.PatchColumns - _shape.PaddingX);
        var behind = _shape.PatchColumns - _shape.PaddingX - count;
        using (writer.Block($"for (var i = 0; i < {Patch}; i++)"))
        {
            writer.Line($"ref var line = ref Unsafe.Add<float>(ref columns, i * {_shape.PatchColumns * own});");
            if (_shape.PaddingX > 0)
            {
                writer.Line($"MemoryMarshal.CreateSpan<float>(ref line, {_shape.PaddingX * own}).Clear();");
            }

            if (behind > 0)
            {
                writer.Line($"MemoryMarshal.CreateSpan<float>(ref Unsafe.Add<float>(ref line, {(_shape.PaddingX + count) * own}), {behind * own}).Clear();");
            }
        }

        writer.Line();
        using (writer.Block($"for (var t = 0; t < {rows}; t++)"))
        {
            writer.Line($"var y = ((row + t) * {Tile}) - {_shape.PaddingY};");
            for (var i = 0; i < Patch; i++)
            {
                writer.Line($"ref var x{i} = ref ((uint)(y + {i}) < {_shape.SourceHeight} ? ref Unsafe.Add<float>(ref x, (y + {i}) * {_shape.SourceWidth * stride}) : ref zeros);");
            }

            EmitColumns(writer, width, count, stride);
            EmitRows(writer, width);
        }

        return writer.ToString();
    }

    /// <summary>Down the columns, which neighbouring patches share.</summary>
    private void EmitColumns(SourceWriter writer, VectorWidth width, int count, int stride)
    {
        var own = _geometry.SourceStride;
        var loops = new Stack<SourceWriter.Scope>();
        var (from, to) = ("j", "j");
        if (stride == own)
        {
            loops.Push(writer.Block($"for (nuint j = 0; j < {count * own}; j += {width.Lanes})"));
        }
        else
        {
            loops.Push(writer.Block($"for (nuint place = 0; place < {count}; place++)"));
            loops.Push(writer.Block($"for (nuint c = 0; c < {own}; c += {width.Lanes})"));
            (from, to) = ($"(place * {stride}) + c", $"(place * {own}) + c");
        }

        for (var i = 0; i < Patch; i++)
        {
            writer.Line($"var d{i} = {width.Type}.LoadUnsafe<float>(ref x{i}, {from});");
        }

        var points = WinogradTransforms.Patch(writer, width, [.. Enumerable.Range(0, Patch).Select(i => $"d{i}")]);
        for (var i = 0; i < Patch; i++)
        {
            writer.Line($"{points[i]}.StoreUnsafe<float>(ref columns, {to} + {((i * _shape.PatchColumns) + _shape.PaddingX) * own});");
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    /// <summary>Along the rows of each patch.</summary>
    private void EmitRows(SourceWriter writer, VectorWidth width)
    {
        var own = _geometry.SourceStride;
        using (writer.Block($"for (var tile = 0; tile < {_shape.TileColumns}; tile++)"))
        using (writer.Block($"for (var c = 0; c < {own}; c += {width.Lanes})"))
        {
            writer.Line($"ref var from = ref Unsafe.Add<float>(ref columns, {new OffsetText().Add("tile", Tile * own).Add("c", 1)});");
            writer.Line($"ref var to = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("t", _shape.TileColumns * own).Add("tile", own).Add("c", 1).Add("1", _geometry.PointWords)});");
            WinogradTransforms.PatchRows(writer, width, _shape.PatchColumns, own, _geometry.PointWords);
        }
    }

    /// <summary>
    /// At each point the patches times the weights: a number of a patch is broadcast, vectors of target channels accumulate. The
    /// products of a point are written over the patches of the point before it.
    /// </summary>
    private string EmitProducts(int rows, VectorWidth width)
    {
        var writer = new SourceWriter();
        var tiles = rows * _shape.TileColumns;
        var vectors = _geometry.TargetStride / width.Lanes;
        var tile = Kernels.Tile.Choose(tiles, vectors, width);
        using (writer.Block($"for (var p = 0; p < {WinogradGeometry.Points}; p++)"))
        {
            foreach (var (first, times, columns) in Kernels.Tile.Segments(vectors, tile.Columns))
            {
                using (writer.Block(Kernels.Tile.Loop("c", first * width.Lanes, times, columns * width.Lanes)))
                {
                    foreach (var (start, count, size) in Kernels.Tile.Segments(tiles, tile.Rows))
                    {
                        using (writer.Block(Kernels.Tile.Loop("q", start, count, size)))
                        {
                            EmitProduct(writer, width, size, columns, count > 1 ? "q" : Literal.Of(start), times > 1 ? "c" : Literal.Of(first * width.Lanes));
                        }
                    }
                }
            }
        }

        return writer.ToString();
    }

    private void EmitProduct(SourceWriter writer, VectorWidth width, int rows, int columns, string tile, string channel)
    {
        var (source, target) = (_geometry.SourceStride, _geometry.TargetStride);
        foreach (var (row, column) in Kernels.Tile.Places(rows, columns))
        {
            writer.Line($"var s{row}_{column} = {width.Type}<float>.Zero;");
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", _geometry.PointWords).Add(tile, source).Add("1", _geometry.PointWords)});");
        writer.Line($"ref var w = ref Unsafe.Add<float>(ref weights, {new OffsetText().Add("p", _geometry.WeightPointWords).Add(channel, 1)});");
        using (writer.Block($"for (var i = 0; i < {_shape.Sources}; i++)"))
        {
            for (var column = 0; column < columns; column++)
            {
                writer.Line($"var w{column} = {width.Type}.LoadUnsafe<float>(ref w{Literal.Comma(column * width.Lanes)});");
            }

            for (var row = 0; row < rows; row++)
            {
                var x = $"{width.Type}.Create<float>({(row == 0 ? "x" : $"Unsafe.Add<float>(ref x, {row * source})")})";
                if (columns > 1)
                {
                    writer.Line($"var x{row} = {x};");
                    x = $"x{row}";
                }

                for (var column = 0; column < columns; column++)
                {
                    writer.Line($"s{row}_{column} = {width.MultiplyAdd(x, $"w{column}", $"s{row}_{column}")};");
                }
            }

            writer.Line("x = ref Unsafe.Add<float>(ref x, 1);");
            writer.Line($"w = ref Unsafe.Add<float>(ref w, {target});");
        }

        writer.Line($"ref var y = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("p", _geometry.PointWords).Add(tile, target).Add(channel, 1)});");
        foreach (var (row, column) in Kernels.Tile.Places(rows, columns))
        {
            writer.Line($"s{row}_{column}.StoreUnsafe<float>(ref y{Literal.Comma((row * target) + (column * width.Lanes))});");
        }
    }

    /// <summary>The places of the tiles; those the border cuts have methods of their own, which store only what exists.</summary>
    private IReadOnlyList<string> EmitTiles(int rows, VectorWidth width, RegionOperands operands)
    {
        var parts = new List<string>();
        foreach (var (firstRow, rowCount, height) in WinogradTileKernel.Cuts(_shape.TargetHeight))
        {
            foreach (var (firstTile, tiles, places) in WinogradTileKernel.Cuts(_shape.TargetWidth))
            {
                var writer = new SourceWriter();
                using (writer.Block($"for (int t = Math.Max(0, {firstRow} - row), end = Math.Min({rows}, {firstRow + rowCount} - row); t < end; t++)"))
                using (writer.Block($"for (var q = {firstTile}; q < {firstTile + tiles}; q++)"))
                using (writer.Block($"for (var c = 0; c < {_geometry.TargetStride}; c += {width.Lanes})"))
                {
                    writer.Line($"ref var from = ref Unsafe.Add<float>(ref work, {new OffsetText().Add("t", _shape.TileColumns * _geometry.TargetStride).Add("q", _geometry.TargetStride).Add("c", 1)});");
                    var epilogue = new FeatureEpilogue(writer, width, _region, _stored, operands);
                    epilogue.Begin([("(row + t)", Tile * _shape.TargetWidth), ("q", Tile)], ["c"]);
                    epilogue.BeginRow(0);
                    new WinogradTileTransform(writer, width, _geometry.PointWords).Write(height, places, (y, x, result) =>
                    {
                        using (writer.Block(""))
                        {
                            epilogue.Emit(0, (y * _shape.TargetWidth) + x, _contract.Output, result);
                        }
                    });
                }

                parts.Add(writer.ToString());
            }
        }

        return parts;
    }
}
